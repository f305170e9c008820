import { describe, expect, it } from 'vitest';
import { applyIntents, type ProjectPointer, type VersionState } from '../../../../shared/domain/apply-intents.ts';
import type { AvatarUuid } from '../../../../shared/domain/ids.ts';
import {
  type OperationIntent,
  orderKeysOf,
  type PendingOperation,
  supersedes,
} from '../../../../shared/domain/intents.ts';
import { asAvatarUuid, asVersionUuid } from '../../../support/uuids.ts';

const MARA = asAvatarUuid('mara');

const operation = (intent: OperationIntent, avatarUuid: AvatarUuid | null = MARA): PendingOperation => ({
  requestKey: `${intent.kind}-${intent.versionUuid}`,
  projectUuid: 'desk',
  avatarUuid,
  intent,
  by: 'Dana',
  createdAt: '2026-02-02T00:00:00.000Z',
});

const activate = (version: string | null, avatarUuid: AvatarUuid | null = MARA) => {
  const versionUuid = version === null ? null : asVersionUuid(version);
  const intent = { kind: 'activate', versionUuid, expectedActiveUuid: null, onConflict: 'ask' } as const;
  return operation({ ...intent, how: 'choice', undoes: null }, avatarUuid);
};
const edit = (fields: Extract<OperationIntent, { kind: 'edit' }>['fields'], version = 'v1') =>
  operation({ kind: 'edit', versionUuid: asVersionUuid(version), fields, base: {} });
const trash = (scope: 'version' | 'avatar' = 'version') =>
  operation({ kind: 'trash', versionUuid: asVersionUuid('v1'), scope });
const restore = operation({ kind: 'restore', versionUuid: asVersionUuid('v1') });

function versionState(uuid: string, change: Partial<VersionState> = {}): VersionState {
  const plain = { avatarUuid: MARA, version: 1, name: 'Mara', tags: [], description: '', pictureHash: null };
  return { ...plain, uuid: asVersionUuid(uuid), deletedAt: null, ...change };
}

const project: ProjectPointer = {
  uuid: 'desk',
  active: { versionUuid: asVersionUuid('v1'), avatarUuid: MARA, name: 'Mara', version: 1, pictureHash: null },
  activeSetBy: 'Ada',
  activeSetAt: null,
  activations: [],
};

describe('applyIntents', () => {
  it('returns the rows unchanged if there are no pending operations', () => {
    const rows = { projects: [project], versions: [versionState('v1')] };
    expect(applyIntents(rows, [])).toBe(rows);
  });

  it('changes name and tags of all versions of an avatar, and the description of one', () => {
    const rows = {
      projects: [],
      versions: [versionState('v1'), versionState('v2'), versionState('other', { avatarUuid: asAvatarUuid('bo') })],
    };
    const { versions } = applyIntents(rows, [edit({ name: 'X', tags: ['t'], description: 'd' })]);
    expect(versions.map(({ name, tags, description }) => [name, tags, description])).toEqual([
      ['X', ['t'], 'd'],
      ['X', ['t'], ''],
      ['Mara', [], ''],
    ]);
    expect(versions[2]).toBe(rows.versions[2]);
  });

  it('deactivates the deleted version if it is active, and no other', () => {
    const rows = { projects: [project], versions: [versionState('v1'), versionState('v2')] };
    const after = applyIntents(rows, [trash()]);
    expect(after.projects[0]).toMatchObject({ active: null, activeSetBy: 'Dana' });
    expect(after.versions.map(({ deletedAt }) => deletedAt)).toEqual(['2026-02-02T00:00:00.000Z', null]);
    const idle: ProjectPointer = { ...project, active: null };
    const other = applyIntents({ ...rows, projects: [idle] }, [activate('v2'), trash()]);
    expect(other.projects[0]?.active?.versionUuid).toBe('v2');
  });

  it('applies a deletion, its undo and later operations in order', () => {
    const rows = { projects: [project], versions: [versionState('v1'), versionState('v2')] };
    const after = applyIntents(rows, [trash('avatar'), restore, activate('v1')]);
    expect(after.projects[0]?.active?.versionUuid).toBe('v1');
    expect(after.versions.map(({ deletedAt }) => deletedAt === null)).toEqual([true, false]);
  });

  it('adds pending activations to the history, newest first, and keeps its length', () => {
    const earlier = Array.from({ length: 20 }, (_, at) => ({
      uuid: `earlier-${at}`,
      from: null,
      to: null,
      how: 'choice' as const,
      by: 'Ada',
      at: '2026-01-01T00:00:00.000Z',
    }));
    const rows = {
      projects: [{ ...project, activations: earlier }],
      versions: [versionState('v1'), versionState('v2', { version: 2 })],
    };
    const [after] = applyIntents(rows, [activate('v2'), activate('v2'), activate(null), restore]).projects;
    const pending = { by: 'Dana', at: '2026-02-02T00:00:00.000Z', how: 'choice', isWaiting: true };
    const [mara1, mara2] = [1, 2].map((version) => ({
      versionUuid: `v${version}`,
      avatarUuid: MARA,
      name: 'Mara',
      version,
    }));
    expect(after?.activations.slice(0, 3)).toEqual([
      { ...pending, uuid: 'activate-null', from: mara2, to: null },
      { ...pending, uuid: 'activate-v2', from: mara1, to: mara2 },
      earlier[0],
    ]);
    expect(after?.activations).toHaveLength(20);
    const [trashed] = applyIntents(rows, [trash('avatar')]).projects;
    expect(trashed?.activations[0]).toEqual({ ...pending, uuid: 'trash-v1', from: mara1, to: null, how: 'trash' });
  });

  it('leaves an activation to the server’s rows once the history has it', () => {
    const byErik = { uuid: 'erik', from: null, to: null, how: 'choice', by: 'Erik', at: '' } as const;
    const delivered = { ...project, activations: [byErik, { ...byErik, uuid: 'activate-v2', by: 'Dana' }] };
    const rows = { projects: [delivered], versions: [versionState('v1'), versionState('v2')] };
    expect(applyIntents(rows, [activate('v2')]).projects[0]).toBe(delivered);
  });

  it('does not activate versions that are missing or in the trash', () => {
    const rows = { projects: [project], versions: [versionState('v2', { deletedAt: 'then' })] };
    expect(applyIntents(rows, [activate('v2'), activate('unknown')]).projects[0]).toBe(project);
  });
});

describe('orderKeysOf', () => {
  it('returns the project’s key for changes of the active version, and the avatar’s key for everything about an avatar', () => {
    const about = { projectUuid: 'desk', avatarUuid: MARA };
    expect(orderKeysOf({ ...about, kind: 'activate' })).toEqual(['project:desk', 'avatar:mara']);
    expect(orderKeysOf({ ...about, avatarUuid: null, kind: 'activate' })).toEqual(['project:desk']);
    expect(orderKeysOf({ ...about, kind: 'trash' })).toEqual(['project:desk', 'avatar:mara']);
    expect(orderKeysOf({ ...about, kind: 'restore' })).toEqual(['avatar:mara']);
    expect(orderKeysOf({ ...about, kind: 'edit' })).toEqual(['avatar:mara']);
  });
});

describe('supersedes', () => {
  it('is true if the later operation sets everything that the earlier one sets', () => {
    expect(supersedes(activate('v2'), activate('v1'))).toBe(true);
    expect(supersedes(activate(null, null), activate('v1'))).toBe(true);
    expect(supersedes(edit({ name: 'b', tags: [] }), edit({ name: 'a' }))).toBe(true);
    expect(supersedes(edit({ name: 'b' }, 'v2'), edit({ name: 'a' }, 'v1'))).toBe(true);
    expect(supersedes(edit({ description: 'b' }), edit({ description: 'a' }))).toBe(true);
  });

  it('is false if it sets less, describes another version, or is of another kind', () => {
    expect(supersedes(edit({ name: 'b' }), edit({ name: 'a', tags: [] }))).toBe(false);
    expect(supersedes(edit({ description: 'b' }, 'v2'), edit({ description: 'a' }, 'v1'))).toBe(false);
    expect(supersedes(activate('v1'), edit({ name: 'a' }))).toBe(false);
    expect(supersedes(trash(), edit({ name: 'a' }))).toBe(false);
  });
});
