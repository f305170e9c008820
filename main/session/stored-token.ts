import { z } from 'zod';
import { uuidSchema } from '../../shared/domain/ids.ts';
import type { SecretStore } from '../platform/secret-store.ts';
import type { AccountInfo } from './settings.ts';

// Threat: a modified settings file makes the application send its token to another server.
// Therefore the stored secret contains the server and the account that it belongs to.
const secretSchema = z.object({ serverUrl: z.string(), userUuid: uuidSchema, token: z.string().min(1) });

/** Returns this account's token, or null if the store has none for it. */
export async function readToken(
  secrets: SecretStore,
  account: Pick<AccountInfo, 'serverUrl' | 'uuid'>,
): Promise<string | null> {
  const text = await secrets.read();
  const secret = text === null ? null : parse(text);
  if (secret === null || secret.serverUrl !== account.serverUrl || secret.userUuid !== account.uuid) return null;
  return secret.token;
}

export async function writeToken(
  secrets: SecretStore,
  account: Pick<AccountInfo, 'serverUrl' | 'uuid'>,
  token: string,
): Promise<void> {
  await secrets.write(JSON.stringify({ serverUrl: account.serverUrl, userUuid: account.uuid, token }));
}

function parse(text: string): z.infer<typeof secretSchema> | null {
  try {
    return secretSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
