import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avatarRowFrom, projectRowFrom } from '../../../../main/db/api-rows.ts';
import type { LocalDatabase } from '../../../../main/db/local-database.ts';
import type { AvatarRow } from '../../../../main/db/schema.ts';
import { effectiveReaders } from '../../../../main/library/effective-readers.ts';
import { createLibraryReads } from '../../../../main/library/library-reads.ts';
import type { Intent, Operation } from '../../../../shared/domain/intents.ts';
import { assertNever } from '../../../../shared/lib/assert-never.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { tempDatabase } from '../../../support/local-database.ts';

const CUSTOMER = randomUUID();
const PROJECTS = ['p0', 'p1'];
/** Two projects, two avatars in each, three versions of each. */
const AVATARS = PROJECTS.flatMap((project) =>
  ['a', 'b'].flatMap((avatar) =>
    [1, 2, 3].map((version) => ({
      uuid: `${project}${avatar}${version}`,
      avatar: `${project}${avatar}`,
      project,
      version,
    })),
  ),
);

const date = (day: number) => `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;

function fill(database: LocalDatabase, trashed: readonly string[], active: string | null): void {
  database.write((writers) => {
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
      writers.avatars.upsert(avatarRowFrom(avatarResponse(more)));
    }
  });
  if (active !== null && !trashed.includes(active))
    serverDoes(
      database,
      operationOf({ kind: 'activate', versionUuid: active, expectedActiveUuid: null, onConflict: 'ask' }, active, 14),
    );
}

function operationOf(intent: Intent, versionUuid: string, day: number): Operation {
  const about = AVATARS.find(({ uuid }) => uuid === versionUuid);
  if (about === undefined) throw new Error(`no version ${versionUuid}`);
  return { projectUuid: about.project, avatarUuid: about.avatar, intent, by: 'Dana', createdAt: date(day) };
}

/** What the server would do, written into the rows one after the other: the plain way to the same state. */
function serverDoes(database: LocalDatabase, { projectUuid, avatarUuid, intent, by, createdAt }: Operation): void {
  database.write((writers, readers) => {
    const avatar = readers.avatars.ofAvatars([avatarUuid ?? '']);
    const point = (row: AvatarRow | null) =>
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
          writers.avatars.upsert({ ...row, name, tags, description: own });
        }
        return;
      case 'trash': {
        const gone = avatar.filter(
          ({ uuid, deletedAt }) => deletedAt === null && (intent.scope === 'avatar' || uuid === intent.versionUuid),
        );
        writers.avatars.setDeletedAt(
          gone.map(({ uuid }) => uuid),
          createdAt,
        );
        const active = readers.projects.find(projectUuid)?.active?.versionUuid;
        if (gone.some(({ uuid }) => uuid === active)) point(null);
        return;
      }
      case 'restore':
        writers.avatars.setDeletedAt([intent.versionUuid], null);
        return;
      default:
        assertNever(intent);
    }
  });
}

const uuidArbitrary = fc.constantFrom(...AVATARS.map(({ uuid }) => uuid));
const intentArbitrary: fc.Arbitrary<Intent & { versionUuid: string }> = fc.oneof(
  fc.record({
    kind: fc.constant('activate' as const),
    versionUuid: uuidArbitrary,
    expectedActiveUuid: fc.constant(null),
    onConflict: fc.constant('ask' as const),
  }),
  fc.record({
    kind: fc.constant('edit' as const),
    versionUuid: uuidArbitrary,
    fields: fc.record(
      { name: fc.constantFrom('X', 'Y'), description: fc.constantFrom('d', 'e') },
      { requiredKeys: [] },
    ),
    base: fc.constant({}),
  }),
  fc.record({
    kind: fc.constant('trash' as const),
    versionUuid: uuidArbitrary,
    scope: fc.constantFrom('version' as const, 'avatar' as const),
  }),
  fc.record({ kind: fc.constant('restore' as const), versionUuid: uuidArbitrary }),
);

function everything(database: LocalDatabase) {
  const read = effectiveReaders(database.read);
  return {
    projects: read.projects.all(),
    found: PROJECTS.map((uuid) => read.projects.find(uuid)),
    live: PROJECTS.map((uuid) => read.avatars.live(uuid)),
    trashed: read.avatars.trashed(),
    known: PROJECTS.map((uuid) => read.avatars.known(uuid)),
    // A project without avatars may be counted as none or not at all.
    counts: PROJECTS.map((uuid) => read.avatars.countByProject().get(uuid) ?? 0),
    versions: AVATARS.map(({ uuid }) => read.avatars.find(uuid)),
  };
}

describe('effectiveReaders', () => {
  it('read the library as it will be when the server has done what waits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(AVATARS.map(({ uuid }) => uuid)),
        fc.option(uuidArbitrary),
        fc.array(intentArbitrary, { maxLength: 8 }),
        async (trashed, active, intents) => {
          const [overlaid, plain] = [await tempDatabase(), await tempDatabase()];
          for (const database of [overlaid, plain]) fill(database, trashed, active);
          for (const [index, intent] of intents.entries()) {
            const operation = operationOf({ ...intent }, intent.versionUuid, 15 + index);
            const row = { ...operation, id: randomUUID(), requestKey: randomUUID(), state: 'waiting' } as const;
            overlaid.write((writers) => writers.operations.insert(row));
            serverDoes(plain, operation);
          }
          expect(everything(overlaid)).toEqual(everything(plain));
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('let nothing of a parked operation lie over the library', async () => {
    const database = await tempDatabase();
    fill(database, [], 'p0a1');
    const before = everything(database);
    for (const state of ['refused', 'conflict'] as const) {
      const operation = operationOf({ kind: 'trash', versionUuid: 'p0a1', scope: 'avatar' }, 'p0a1', 9);
      database.write((writers) =>
        writers.operations.insert({ ...operation, id: randomUUID(), requestKey: randomUUID(), state }),
      );
    }
    expect(everything(database)).toEqual(before);
  });

  it('mark what waits, by avatar and by project', async () => {
    const database = await tempDatabase();
    fill(database, [], null);
    const intents: Intent[] = [
      { kind: 'activate', versionUuid: 'p0a1', expectedActiveUuid: null, onConflict: 'ask' },
      { kind: 'edit', versionUuid: 'p0a1', fields: { name: 'X' }, base: { name: 'Mara' } },
      { kind: 'edit', versionUuid: 'p0a1', fields: { name: 'Y' }, base: { name: 'X' } },
    ];
    for (const intent of intents) {
      const row = { ...operationOf(intent, 'p0a1', 5), id: randomUUID(), requestKey: randomUUID() };
      database.write((writers) => writers.operations.insert({ ...row, state: 'waiting' }));
    }
    const reads = createLibraryReads(database.read);
    expect(reads.projects().map(({ uuid, isActivationWaiting }) => [uuid, isActivationWaiting])).toEqual([
      ['p0', true],
      ['p1', false],
    ]);
    const avatars = reads.avatars('p0').map(({ avatarUuid, name, waiting }) => [avatarUuid, name, waiting]);
    expect(avatars.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['p0a', 'Y', ['activate', 'edit']],
      ['p0b', 'Mara', []],
    ]);
  });
});
