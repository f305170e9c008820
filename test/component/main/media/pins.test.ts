import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { projectRowFrom, versionRowFrom } from '../../../../main/db/api-rows.ts';
import type { LocalDatabase } from '../../../../main/db/local-database.ts';
import { PinnedHashes } from '../../../../main/media/pinned-hashes.ts';
import { createPins } from '../../../../main/media/pins.ts';
import type { Failure } from '../../../../shared/contract/failure.ts';
import { projectPinSchema } from '../../../../shared/contract/pins.ts';
import type { AvatarUuid, VersionUuid } from '../../../../shared/domain/ids.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { until } from '../../../support/until.ts';
import { NO_VERSION, newAvatarUuid, newVersionUuid } from '../../../support/uuids.ts';

const PROJECT = randomUUID();
const hash = (letter: string) => letter.repeat(64);

interface Version {
  readonly sha256: string;
  readonly avatar: AvatarUuid;
  readonly version: number;
  readonly deleted?: true;
}

function put(database: LocalDatabase, { sha256, avatar, version, deleted }: Version): VersionUuid {
  const row = versionRowFrom(
    avatarResponse({
      project_uuid: PROJECT,
      lineage_uuid: avatar,
      version,
      sha256,
      file_size: 100,
      deleted_at: deleted ? '2026-01-02T00:00:00.000Z' : null,
    }),
  );
  database.tryWrite((writers) => writers.versions.upsert(row));
  return row.uuid;
}

/**
 * A library with the active version 1, version 2 of the same avatar, version 3 in the trash, and
 * another avatar.
 */
async function library() {
  const database = await tempDatabase();
  const [avatar, other] = [newAvatarUuid(), newAvatarUuid()];
  const live = put(database, { sha256: hash('1'), avatar, version: 1 });
  put(database, { sha256: hash('2'), avatar, version: 2 });
  put(database, { sha256: hash('3'), avatar, version: 3, deleted: true });
  put(database, { sha256: hash('4'), avatar: other, version: 1 });
  put(database, { sha256: hash('5'), avatar: other, version: 2 });
  const active = { versionUuid: live, avatarUuid: avatar, name: 'Mara', version: 1, pictureHash: null };
  database.tryWrite((writers) =>
    writers.projects.upsert({ ...projectRowFrom(projectResponse({ uuid: PROJECT })), active }),
  );
  return { database, other };
}

const failures = {
  offline: { code: 'offline', serverUrl: 'https://gabinet.example.com', status: null },
  disk: { code: 'disk_full' },
  not_found: { code: 'not_found', detail: '' },
} as const satisfies Readonly<Record<string, Failure>>;

/** `never`: pending until it is canceled. */
type Outcome = 'here' | 'never' | keyof typeof failures;

function pinsOn(
  database: LocalDatabase,
  outcomeOf: (sha256: string) => Outcome = () => 'here',
  findLackOfSpace: (neededBytes: number) => Promise<Failure | null> = async () => null,
) {
  const cached = new Set<string>();
  const fetched: string[] = [];
  const changes: string[][] = [];
  const logged: string[] = [];
  const endings = new Map<string, () => void>();
  const calls = { trims: 0, cancelled: [] as string[] };
  let atOnce = 0;
  let mostAtOnce = 0;
  const log = (message: string) => logged.push(message);
  const pinned = new PinnedHashes();
  const pins = createPins({
    database,
    pinned,
    log: { info: log, warn: log, error: log },
    cache: {
      holds: ({ sha256 }) => Promise.resolve(cached.has(sha256)),
      trim: () => {
        calls.trims += 1;
        return Promise.resolve();
      },
    },
    fetch: async (versionUuid) => {
      const sha256 = database.read.versions.find(versionUuid)?.sha256 ?? '';
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      await Promise.resolve();
      atOnce -= 1;
      fetched.push(sha256);
      const outcome = outcomeOf(sha256);
      if (outcome === 'never') {
        await new Promise<void>((resolve) => endings.set(versionUuid, resolve));
        return fail({ code: 'stopped' });
      }
      if (outcome !== 'here') return fail(failures[outcome]);
      cached.add(sha256);
      return ok(null);
    },
    findLackOfSpace,
    cancel: (versionUuid) => {
      calls.cancelled.push(versionUuid);
      endings.get(versionUuid)?.();
    },
    onChange: (projectUuids) => changes.push([...projectUuids]),
  });
  onTestFinished(() => pins.stop());
  return { pins, pinned, cached, fetched, changes, logged, calls, mostAtOnce: () => mostAtOnce };
}

const state = (pins: { view(uuid: string): { readonly state: string } | null }) => pins.view(PROJECT)?.state;

describe('createPins', () => {
  it('fetches the active version and the newest version of each avatar, and reports progress', async () => {
    const { database } = await library();
    const { pins, fetched, changes, mostAtOnce } = pinsOn(database);
    expect(pins.view(PROJECT)).toBeNull();
    await pins.set(PROJECT, true);
    expect(pins.view(PROJECT)).toEqual({ keptBytes: 0, totalBytes: 300, state: 'fetching' });
    await until(() => state(pins) === 'kept');
    expect(fetched.toSorted()).toEqual([hash('1'), hash('2'), hash('5')]);
    expect(projectPinSchema.parse(pins.view(PROJECT))).toEqual({ keptBytes: 300, totalBytes: 300, state: 'kept' });
    await until(() => changes.length > 0);
    expect(changes[0]).toEqual([PROJECT]);
    expect(mostAtOnce()).toBeLessThanOrEqual(2);
  });

  it('protects exactly the pinned bundles from eviction immediately after a restart', async () => {
    const { database } = await library();
    await pinsOn(database).pins.set(PROJECT, true);
    const { pinned } = pinsOn(database);
    expect([hash('1'), hash('2'), hash('5')].map((sha256) => pinned.has(sha256))).toEqual([true, true, true]);
    expect([hash('3'), hash('4')].map((sha256) => pinned.has(sha256))).toEqual([false, false]);
  });

  it('fetches new versions', async () => {
    const { database, other } = await library();
    const { pinned, pins, fetched } = pinsOn(database);
    await pins.set(PROJECT, true);
    await until(() => state(pins) === 'kept');
    put(database, { sha256: hash('6'), avatar: other, version: 3 });
    pins.refresh();
    expect(state(pins)).toBe('fetching');
    await until(() => state(pins) === 'kept');
    expect(fetched).toContain(hash('6'));
    expect(pinned.has(hash('5'))).toBe(false);
  });

  it('releases bundles after unpinning and cancels running fetches', async () => {
    const { database } = await library();
    const { pinned, pins, calls, fetched } = pinsOn(database, () => 'never');
    await pins.set(PROJECT, true);
    await until(() => fetched.length > 0);
    await pins.set(PROJECT, false);
    expect(pins.view(PROJECT)).toBeNull();
    expect(pinned.has(hash('1'))).toBe(false);
    expect(calls.trims).toBe(1);
    expect(calls.cancelled.length).toBeGreaterThan(0);
  });

  it('waits while the server is offline and resumes after a refresh', async () => {
    const { database } = await library();
    let outcome: Outcome = 'offline';
    const { pins, fetched, logged } = pinsOn(database, () => outcome);
    await pins.set(PROJECT, true);
    await until(() => state(pins) === 'waiting');
    // Two run at once; the others would have failed, too.
    expect(fetched.length).toBeLessThanOrEqual(2);
    expect(logged).toEqual([]);
    outcome = 'here';
    pins.refresh();
    await until(() => state(pins) === 'kept');
  });

  it('logs once that a bundle cannot be fetched, and does not retry it at every change', async () => {
    const { database } = await library();
    const { pins, fetched, logged } = pinsOn(database, (sha256) => (sha256 === hash('2') ? 'not_found' : 'here'));
    await pins.set(PROJECT, true);
    await until(() => state(pins) === 'failed');
    await until(() => pins.view(PROJECT)?.keptBytes === 200);
    pins.refresh();
    pins.refresh();
    await pins.stop();
    expect(fetched.filter((sha256) => sha256 === hash('2'))).toHaveLength(1);
    expect(logged).toHaveLength(1);
  });

  it('stops at a full disk', async () => {
    const { database } = await library();
    const { pins, fetched, logged } = pinsOn(database, () => 'disk');
    await pins.set(PROJECT, true);
    await until(() => state(pins) === 'failed');
    await pins.stop();
    expect(fetched.length).toBeLessThanOrEqual(2);
    expect(logged[0]).toContain('could not be fetched');
  });

  it('counts bytes of running fetches', async () => {
    const { database } = await library();
    const { pins, fetched } = pinsOn(database, () => 'never');
    await pins.set(PROJECT, true);
    await until(() => fetched.length > 0);
    const uuid =
      database.read.versions.notTrashed(PROJECT).find(({ sha256 }) => sha256 === fetched[0])?.uuid ?? NO_VERSION;
    pins.noteProgress(uuid, 40);
    expect(pins.view(PROJECT)?.keptBytes).toBe(40);
    pins.noteProgress(newVersionUuid(), 1000);
    expect(pins.view(PROJECT)?.keptBytes).toBe(40);
  });

  it('refuses to pin what the disk has no space for, and stores nothing', async () => {
    const { database } = await library();
    const asked: number[] = [];
    const lack = { code: 'not_enough_space', neededBytes: 300, freeBytes: 1, reserveBytes: 2, folder: '/x' } as const;
    const { pins, cached, fetched } = pinsOn(database, undefined, async (neededBytes) => {
      asked.push(neededBytes);
      return lack;
    });
    cached.add(hash('1'));
    expect(await pins.set(PROJECT, true)).toEqual(fail(lack));
    // Of three bundles with 100 bytes each, one is there already.
    expect(asked).toEqual([200]);
    expect(pins.view(PROJECT)).toBeNull();
    expect(fetched).toEqual([]);
  });
});
