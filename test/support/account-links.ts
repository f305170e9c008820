import { createLink } from '../../server/features/accounts/links/issue-link.ts';
import type { LinkKind } from '../../shared/domain/account-fields.ts';
import type { TestServer } from './server.ts';
import type { TestPerson } from './world.ts';

/** The token of a new link for this person; null for the setup of the server. */
export async function issueTestLink(server: TestServer, kind: LinkKind, person: TestPerson | null): Promise<string> {
  const { token } = await server.database.db.transaction((tx) =>
    createLink(tx, { kind, user: person, actor: person && 'ada@gabinet.example' }),
  );
  return token;
}
