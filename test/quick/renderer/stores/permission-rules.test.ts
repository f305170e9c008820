import { expect, test } from 'vitest';
import { generalTexts } from '../../../../renderer/stores/general-texts.en.ts';
import { offlineReason, readOnlyReason } from '../../../../renderer/stores/permission-rules.ts';
import type { SessionState } from '../../../../shared/contract/session.ts';
import { nextUuid } from '../../../support/views.ts';

type Role = NonNullable<SessionState['user']>['role'];

function session(role: Role, connection: SessionState['connection']): SessionState {
  const user = { uuid: nextUuid(), email: 'dana@aurora.example', name: 'Dana', role, customerName: 'Aurora' };
  return { serverUrl: '', lastEmail: null, user, connection, syncedAt: null, tokenStorage: 'os', notice: null };
}

test.each([
  ['designer', 'online', null, null],
  ['designer', 'syncing', null, null],
  // Changes made offline are stored and pending.
  ['admin', 'offline', null, generalTexts.offline],
  ['viewer', 'online', generalTexts.readOnly, null],
  ['viewer', 'offline', generalTexts.readOnly, generalTexts.offline],
] as const)('what a %s may do while %s', (role, connection, change, server) => {
  expect(readOnlyReason(session(role, connection))).toBe(change);
  expect(offlineReason(session(role, connection))).toBe(server);
});
