import { expect, test } from 'vitest';
import {
  mayDo,
  mayManageProjects,
  offlineReason,
  readOnlyReason,
  readOnlyReasonIn,
} from '../../../../renderer/stores/account/permission-rules.ts';
import { generalTexts } from '../../../../renderer/stores/general-texts.en.ts';
import type { SessionState, SignedInUser } from '../../../../shared/contract/session.ts';
import type { CustomerRole } from '../../../../shared/domain/access-policy.ts';
import { nextUuid } from '../../../support/views.ts';

const AURORA = nextUuid();
const desk = { uuid: nextUuid(), customerUuid: AURORA };
const kiosk = { uuid: nextUuid(), customerUuid: AURORA };
const reception = { uuid: nextUuid(), customerUuid: nextUuid() };

function user(role: CustomerRole | 'admin', projectUuid: string | null = null): SignedInUser {
  const memberships =
    role === 'admin' ? [] : [{ customerUuid: AURORA, customerName: 'Aurora', role, projectUuid } as const];
  const isAdmin = role === 'admin';
  const person = { uuid: nextUuid(), email: 'dana@aurora.example', name: 'Dana' };
  return { ...person, isAdmin, memberships, mustSetUpSecondFactor: false };
}

function session(who: SignedInUser, connection: SessionState['connection']): SessionState {
  const elsewhere = { serverUrl: '', lastEmail: null, syncedAt: null, unreached: null, notice: null, repair: null };
  return { ...elsewhere, user: who, connection, tokenStorage: 'os' };
}

test.each([
  ['designer', 'online', null, null],
  ['manager', 'syncing', null, null],
  // Changes made offline are stored and pending.
  ['admin', 'offline', null, generalTexts.offline],
  ['viewer', 'online', generalTexts.readOnly, null],
  ['viewer', 'offline', generalTexts.readOnly, generalTexts.offline],
] as const)('what a %s may do while %s', (role, connection, change, server) => {
  const state = session(user(role), connection);
  expect(readOnlyReason(state, desk)).toBe(change);
  expect(readOnlyReason(state, null)).toBe(change);
  expect(offlineReason(state)).toBe(server);
});

test('a role counts for its own customer or project only', () => {
  expect(mayDo(user('designer'), 'edit', reception)).toBe(false);
  expect(mayDo(user('designer', desk.uuid), 'edit', desk)).toBe(true);
  expect(mayDo(user('designer', desk.uuid), 'edit', kiosk)).toBe(false);
  expect(mayDo(user('designer', desk.uuid), 'edit', null)).toBe(true);
  expect(mayDo(user('designer'), 'manage-projects', desk)).toBe(false);
  expect(mayDo(user('manager'), 'manage-projects', desk)).toBe(true);
  expect(mayDo(user('admin'), 'manage-people', reception)).toBe(true);
});

test('projects are managed by managers of the whole customer and by admins', () => {
  expect(mayManageProjects(user('admin'), AURORA)).toBe(true);
  expect(mayManageProjects(user('manager'), AURORA)).toBe(true);
  expect(mayManageProjects(user('manager', desk.uuid), AURORA)).toBe(false);
  expect(mayManageProjects(user('manager'), reception.customerUuid)).toBe(false);
  expect(mayManageProjects(user('designer'), AURORA)).toBe(false);
});

test('something that changes several projects needs the permission in each of them', () => {
  const state = session(user('designer'), 'online');
  const places = [desk, kiosk, reception];
  expect(readOnlyReasonIn(state, places, [desk.uuid, kiosk.uuid])).toBeNull();
  expect(readOnlyReasonIn(state, places, [desk.uuid, reception.uuid])).toBe(generalTexts.readOnly);
  expect(readOnlyReasonIn(state, places, [])).toBeNull();
});

test('before signing in there is no reason to show', () => {
  expect(readOnlyReason(null, null)).toBeNull();
});
