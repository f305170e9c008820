import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../server/db/database.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import { ApiClient } from '../../support/api-client.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { type SpawnedServer, spawnServer } from '../../support/spawn-server.ts';
import type { TestDatabase } from '../../support/template-database.ts';
import { populate, type TestWorld } from '../../support/world.ts';

/** The target: receiving 50 MiB adds less than 64 MiB to the peak. */
const MAX_GROWTH_BYTES = 64 * MIB;

let testDatabase: TestDatabase;
let server: SpawnedServer;
let dataDir: string;
let world: TestWorld;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'gabinet-test-memory-'));
  const database = openDatabase(testDatabase.url, pino({ level: 'silent' }));
  world = await populate(database.db);
  await database.close();
  server = await spawnServer({ DATABASE_URL: testDatabase.url, DATA_DIR: dataDir });
});
afterAll(async () => {
  await server.stop();
  await testDatabase.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/**
 * A memory figure that Linux has for a process, in bytes: what is resident now, or the peak of
 * that.
 */
async function memoryBytes(pid: number, figure: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`no ${figure}`);
  return Number(kilobytes) * 1024;
}

/**
 * Resets the peak to the current resident memory: starting took more than serving and would hide a
 * growth.
 */
async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

// Only Linux reports the peak of a process in a file.
test.runIf(process.platform === 'linux')(
  'a 50 MiB bundle uploads with the peak memory of the server growing by less than 64 MiB',
  async () => {
    const bundle = buildBundle({ sizeBytes: MAX_BUNDLE_BYTES });
    expect(bundle.byteLength).toBe(MAX_BUNDLE_BYTES);
    const client = new ApiClient(server.url, world.people.dana.token);
    // The first upload also loads code and starts the threads that check files.
    await client.mustUpload(world.projects.desk.uuid, { bytes: buildBundle({}), fileName: 'small.gab' });
    await forgetPeak(server.pid);
    const before = await memoryBytes(server.pid, 'VmRSS');
    const avatar = await client.mustUpload(world.projects.desk.uuid, { bytes: bundle, fileName: 'large.gab' });
    const after = await memoryBytes(server.pid, 'VmHWM');
    expect(avatar).toMatchObject({ file_size: MAX_BUNDLE_BYTES, verdict: expect.stringMatching(/^valid/) });
    const grown = after - before;
    process.stdout.write(
      `resident before: ${Math.round(before / MIB)} MiB, peak during: ${Math.round(after / MIB)} MiB\n`,
    );
    expect(grown).toBeLessThan(MAX_GROWTH_BYTES);
  },
);
