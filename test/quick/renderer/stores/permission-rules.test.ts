import { expect, test } from 'vitest';
import {
  OFFLINE_REASON,
  offlineReason,
  readOnlyReason,
  VIEWER_REASON,
} from '../../../../renderer/stores/permission-rules.ts';
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
  // What is changed without a server is kept and waits.
  ['admin', 'offline', null, OFFLINE_REASON],
  ['viewer', 'online', VIEWER_REASON, null],
  ['viewer', 'offline', VIEWER_REASON, OFFLINE_REASON],
] as const)('%s, %s', (role, connection, change, server) => {
  expect(readOnlyReason(session(role, connection))).toBe(change);
  expect(offlineReason(session(role, connection))).toBe(server);
});
