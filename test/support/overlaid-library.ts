import { randomUUID } from 'node:crypto';
import { projectRowFrom, versionRowFrom } from '../../main/db/api-rows.ts';
import type { LocalDatabase } from '../../main/db/local-database.ts';
import type { VersionRow } from '../../main/db/schema.ts';
import { effectiveReaders } from '../../main/outbox/effective-readers.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { OperationIntent, PendingOperation } from '../../shared/domain/intents.ts';
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
  if (active !== null && !trashed.includes(active))
    serverDoes(
      database,
      operationOf({ kind: 'activate', versionUuid: active, expectedActiveUuid: null, onConflict: 'ask' }, active, 14),
    );
}

export function operationOf(intent: OperationIntent, versionUuid: VersionUuid, day: number): PendingOperation {
  const about = AVATARS.find(({ uuid }) => uuid === versionUuid);
  if (about === undefined) throw new Error(`no version ${versionUuid}`);
  return { projectUuid: about.project, avatarUuid: about.avatar, intent, by: 'Dana', createdAt: date(day) };
}

/**
 * Applies operations to the rows one by one, as the server would: a simple way to reach the same
 * state.
 */
export function serverDoes(
  database: LocalDatabase,
  { projectUuid, avatarUuid, intent, by, createdAt }: PendingOperation,
): void {
  database.tryWrite((writers, readers) => {
    const avatar = readers.versions.ofAvatars(avatarUuid === null ? [] : [avatarUuid]);
    const point = (row: VersionRow | null) =>
      writers.projects.setActive(projectUuid, {
        active: row && {
          versionUuid: row.uuid,
          avatarUuid: row.avatarUuid,
          name: row.name,
          version: row.version,
          pictureHash: row.pictureHash,
        },
        activeSetBy: by,
        activeSetAt: createdAt,
      });
    switch (intent.kind) {
      case 'activate': {
        const row = avatar.find(({ uuid }) => uuid === intent.versionUuid);
        if (row?.deletedAt === null) point(row);
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
        if (gone.some(({ uuid }) => uuid === active)) point(null);
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

/** Everything that the effective readers return. */
export function everything(database: LocalDatabase) {
  const read = effectiveReaders(database.read);
  return {
    projects: read.projects.all(),
    found: PROJECTS.map((uuid) => read.projects.find(uuid)),
    live: PROJECTS.map((uuid) => read.versions.notTrashed(uuid)),
    trashed: read.versions.trashed(),
    ofProject: PROJECTS.map((uuid) => read.versions.ofProject(uuid)),
    // A project without avatars may be counted as none or not at all.
    counts: PROJECTS.map((uuid) => read.versions.countByProject().get(uuid) ?? 0),
    versions: AVATARS.map(({ uuid }) => read.versions.find(uuid)),
  };
}
