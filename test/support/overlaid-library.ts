import { randomUUID } from 'node:crypto';
import { projectRowFrom, versionRowFrom } from '../../main/db/api-rows.ts';
import type { LocalDatabase } from '../../main/db/local-database.ts';
import type { ProjectRow, VersionRow } from '../../main/db/schema.ts';
import { effectiveReaders } from '../../main/outbox/effective-readers.ts';
import { type ActivationHow, activatedVersionFrom } from '../../shared/domain/activations.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { ActivateIntent, OperationIntent, PendingOperation } from '../../shared/domain/intents.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { avatarResponse, projectResponse } from './library-rows.ts';
import { asAvatarUuid, asVersionUuid } from './uuids.ts';

const CUSTOMER = randomUUID();

export const PROJECTS = ['p0', 'p1'];

/** Two projects, two avatars in each, three versions of each. */
export const AVATARS = PROJECTS.flatMap((project) =>
  ['a', 'b'].flatMap((avatar) =>
    [1, 2, 3].map((version) => ({
      uuid: asVersionUuid(`${project}${avatar}${version}`),
      avatar: asAvatarUuid(`${project}${avatar}`),
      project,
      version,
    })),
  ),
);

const date = (day: number) => `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;

/** The projects and avatars, with these versions in the trash and this one active. */
export function fill(database: LocalDatabase, trashed: readonly VersionUuid[], active: VersionUuid | null): void {
  database.tryWrite((writers) => {
    for (const uuid of PROJECTS) {
      writers.projects.upsert({
        ...projectRowFrom(projectResponse({ uuid, name: uuid, customer_uuid: CUSTOMER })),
        active: null,
      });
    }
    for (const [index, { uuid, avatar, project, version }] of AVATARS.entries()) {
      const deleted_at = trashed.includes(uuid) ? date(13) : null;
      const more = {
        uuid,
        lineage_uuid: avatar,
        project_uuid: project,
        version,
        deleted_at,
        created_at: date(index + 1),
      };
      writers.versions.upsert(versionRowFrom(avatarResponse(more)));
    }
  });
  if (active !== null && !trashed.includes(active)) {
    serverDoes(database, operationOf(activateIntent(active), active, 14));
  }
}

/** A choice of this version, over none. */
export function activateIntent(versionUuid: VersionUuid | null): ActivateIntent {
  const choice = { onConflict: 'ask', how: 'choice', undoes: null } as const;
  return { kind: 'activate', versionUuid, expectedActiveUuid: null, ...choice };
}

export function operationOf(intent: OperationIntent, versionUuid: VersionUuid, day: number): PendingOperation {
  const about = AVATARS.find(({ uuid }) => uuid === versionUuid);
  if (about === undefined) throw new Error(`no version ${versionUuid}`);
  const subject = { projectUuid: about.project, avatarUuid: about.avatar };
  return { requestKey: `key-${day}`, ...subject, intent, by: 'Dana', createdAt: date(day) };
}

/**
 * Applies operations to the rows one by one, as the server would: a simple way to reach the same
 * state.
 */
export function serverDoes(
  database: LocalDatabase,
  { requestKey, projectUuid, avatarUuid, intent, by, createdAt }: PendingOperation,
): void {
  database.tryWrite((writers, readers) => {
    const avatar = readers.versions.ofAvatars(avatarUuid === null ? [] : [avatarUuid]);
    const point = (row: VersionRow | null, how: ActivationHow) => {
      const { activations = [], active: before = null } = readers.projects.find(projectUuid) ?? {};
      const from = before && activatedVersionFrom(before);
      const to = row && activatedVersionFrom({ ...row, versionUuid: row.uuid });
      if (from?.versionUuid === to?.versionUuid) return;
      const added = { uuid: requestKey, from, to, how, by, at: createdAt };
      writers.projects.setActive(projectUuid, {
        active: row && to && { ...to, pictureHash: row.pictureHash },
        activeSetBy: by,
        activeSetAt: createdAt,
        activations: [added, ...activations],
      });
    };
    switch (intent.kind) {
      case 'activate': {
        const row = avatar.find(({ uuid }) => uuid === intent.versionUuid);
        if (row?.deletedAt === null) point(row, intent.how);
        return;
      }
      case 'edit':
        for (const row of avatar) {
          const { name = row.name, tags = row.tags, description } = intent.fields;
          const own = row.uuid === intent.versionUuid ? (description ?? row.description) : row.description;
          writers.versions.upsert({ ...row, name, tags, description: own });
        }
        return;
      case 'trash': {
        const gone = avatar.filter(
          ({ uuid, deletedAt }) => deletedAt === null && (intent.scope === 'avatar' || uuid === intent.versionUuid),
        );
        writers.versions.setDeletedAt(
          gone.map(({ uuid }) => uuid),
          createdAt,
        );
        const active = readers.projects.find(projectUuid)?.active?.versionUuid;
        if (gone.some(({ uuid }) => uuid === active)) point(null, 'trash');
        return;
      }
      case 'restore':
        writers.versions.setDeletedAt([intent.versionUuid], null);
        return;
      default:
        assertNever(intent);
    }
  });
}

/** Everything that the effective readers return, except that pending activations are marked. */
export function everything(database: LocalDatabase) {
  const read = effectiveReaders(database.read);
  return {
    projects: read.projects.all().map(withoutMarks),
    found: PROJECTS.map((uuid) => withoutMarks(read.projects.find(uuid))),
    live: PROJECTS.map((uuid) => read.versions.notTrashed(uuid)),
    trashed: read.versions.trashed(),
    newest: read.versions
      .newest()
      .map(({ uuid, version, name, tags }) => ({ uuid, version, name, tags }))
      .toSorted((a, b) => (a.uuid < b.uuid ? -1 : 1)),
    ofProject: PROJECTS.map((uuid) => read.versions.ofProject(uuid)),
    // A project without avatars may be counted as none or not at all.
    counts: PROJECTS.map((uuid) => read.versions.countByProject().get(uuid) ?? 0),
    versions: AVATARS.map(({ uuid }) => read.versions.find(uuid)),
  };
}

function withoutMarks(project: ProjectRow | null) {
  return project && { ...project, activations: project.activations.map(({ isWaiting: _isWaiting, ...rest }) => rest) };
}
