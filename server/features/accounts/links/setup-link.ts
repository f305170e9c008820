import type { ServiceContext } from '../../../context.ts';
import { hasAdmin, lockSetup } from '../setup.ts';
import { createLink, linkPath } from './issue-link.ts';

/**
 * Makes a new setup link, which ends earlier ones. Returns its path, or null if the server has an
 * administrator, is a demo, or lets nobody sign in with a password: then the first administrator
 * comes from the identity provider.
 */
export function createSetupLink(context: ServiceContext): Promise<string | null> {
  if (context.isDemo || !context.allowsPasswords) return Promise.resolve(null);
  return context.db.transaction(async (tx) => {
    await lockSetup(tx);
    if (await hasAdmin(tx)) return null;
    const { token } = await createLink(tx, { kind: 'setup', user: null, actor: null });
    return linkPath('setup', token);
  });
}
