import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type LocalDatabase, openLocalDatabase } from '../../../main/db/local-database.ts';
import { Sync } from '../../../main/sync/sync.ts';
import { type ApiClient, createApiClient } from '../../../node/api-client/api-client.ts';
import { setActiveAvatar } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { HOUR_MS } from '../../../shared/lib/durations.ts';
import { ApiClient as CurlLikeClient } from '../../support/api-client.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { migrationsDir } from '../../support/local-database-path.ts';
import { silentLog } from '../../support/silent-log.ts';
import { designerOf } from '../../support/sync-scope.ts';
import { NO_VERSION } from '../../support/uuids.ts';
import { type Figure, median, note } from '../figures.ts';
import { type BenchWorld, inBenchWorld } from './bench-world.ts';

const CHANGES_PER_ROUND = 20;
/** Longer than the minimum interval between two announcements. */
const PAUSE_MS = 100;
const GOAL = 2.5;

interface Times {
  /** From the request until the server's response to the client that made the change. */
  readonly roundTripMs: number;
  /**
   * From the request until the other client's library has stored the change and emitted an event.
   */
  readonly visibleMs: number;
}

/**
 * Measures how long it takes until another client, which follows the server's events, has a change
 * in its library, compared with the round trip of the change itself. Uses the quickest change:
 * activating another version.
 */
export function measureVisibility({ rounds }: { readonly rounds: number }): Promise<Figure[]> {
  return inBenchWorld(async (world) => {
    const projectUuid = await world.newProject();
    const versions = await storeVersions(world, projectUuid);
    const sender = clientOf(world);
    const follower = new Follower(world);
    try {
      await follower.start(versions);
      const times: Times[] = [];
      for (let change = -CHANGES_PER_ROUND; change < rounds * CHANGES_PER_ROUND; change += 1) {
        const versionUuid = versions[Math.abs(change) % 2] ?? NO_VERSION;
        // Events are throttled in a burst; this measures a single change.
        await delay(PAUSE_MS);
        const one = await timeChange(sender, follower, { projectUuid, versionUuid });
        if (change >= 0) times.push(one);
      }
      return figuresOf(times);
    } finally {
      await follower.stop();
      sender.close();
    }
  });
}

function figuresOf(times: readonly Times[]): Figure[] {
  const roundTripMs = median(times.map((one) => one.roundTripMs));
  const visibleMs = median(times.map((one) => one.visibleMs));
  note(
    `${times.length} changes: round trip ${roundTripMs.toFixed(1)} ms, visible after ${visibleMs.toFixed(1)} ms (medians)`,
  );
  return [{ name: 'visible-to-round-trip', value: visibleMs / roundTripMs, goal: GOAL }];
}

/** Stores two versions of one avatar and activates neither. */
async function storeVersions({ serverUrl, token }: BenchWorld, projectUuid: string): Promise<readonly VersionUuid[]> {
  const client = new CurlLikeClient(serverUrl, token);
  const first = await client.mustUpload(projectUuid, {
    bytes: buildBundle({ name: 'Mara', version: '1.0.0' }),
    fields: { activate: 'false' },
  });
  const second = await client.mustUpload(projectUuid, {
    bytes: buildBundle({ name: 'Mara', version: '2.0.0' }),
    fields: { activate: 'false', lineage_uuid: first.lineage_uuid },
  });
  return [first.uuid, second.uuid];
}

function clientOf({ serverUrl, token }: BenchWorld): ApiClient {
  return createApiClient({ serverUrl, token, log: silentLog, onUnauthenticated: () => undefined });
}

async function timeChange(
  sender: ApiClient,
  follower: Follower,
  { projectUuid, versionUuid }: { readonly projectUuid: string; readonly versionUuid: VersionUuid },
): Promise<Times> {
  const expected = follower.activeOf(projectUuid);
  const visible = follower.when(() => follower.activeOf(projectUuid) === versionUuid);
  const startedAtMs = performance.now();
  const answer = await sender.call(setActiveAvatar, {
    params: { project_uuid: projectUuid },
    body: { avatar_uuid: versionUuid, expected_active_uuid: expected },
  });
  const roundTripMs = performance.now() - startedAtMs;
  if (!answer.ok) throw new Error(answer.failure.code);
  return { roundTripMs, visibleMs: (await visible) - startedAtMs };
}

/**
 * A second client like the application: a library on disk, kept up to date only by the server's
 * events.
 */
class Follower {
  readonly #database: LocalDatabase;
  readonly #sync: Sync;
  readonly #api: ApiClient;
  #waiting: (() => void) | null = null;

  constructor(world: BenchWorld) {
    const path = join(world.folder, 'follower.db');
    this.#database = openLocalDatabase({ path, migrationsDir, onQuarantine: () => undefined });
    this.#api = clientOf(world);
    this.#sync = new Sync({
      api: this.#api,
      database: this.#database,
      // Longer than the benchmark, so that polling never finds a change first.
      pollIntervalMs: HOUR_MS,
      log: { info: note, warn: note, error: note },
      scope: () => designerOf(world.customers.aurora.uuid),
      listener: { connectionChanged: () => undefined, libraryChanged: () => this.#waiting?.() },
    });
  }

  async start(versions: readonly VersionUuid[]): Promise<void> {
    const arrived = this.when(() => versions.every((uuid) => this.#database.read.versions.find(uuid) !== null));
    this.#sync.start();
    await arrived;
  }

  activeOf(projectUuid: string): VersionUuid | null {
    return this.#database.read.projects.find(projectUuid)?.active?.versionUuid ?? null;
  }

  /** Resolves when `isSo` holds after an announced change, with the time of that moment. */
  when(isSo: () => boolean): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting = () => {
        if (!isSo()) return;
        this.#waiting = null;
        resolve(performance.now());
      };
    });
  }

  async stop(): Promise<void> {
    await this.#sync.stop();
    this.#api.close();
    this.#database.close();
  }
}
