import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeAbandonedClusters } from '../../../server/db/embedded/abandoned-clusters.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';

let shared: string;
beforeEach(async () => {
  shared = await mkdtemp(join(tmpdir(), 'gabinet-test-clusters-'));
});
afterEach(() => rm(shared, { recursive: true, force: true }));

/** A cluster that was last used `days` ago, with its data folder somewhere. */
async function addCluster(name: string, dataDir: string, days: number): Promise<string> {
  const place = join(shared, name);
  await mkdir(join(place, 'cluster'), { recursive: true });
  await writeFile(join(place, 'data-dir.txt'), `${dataDir}\n`);
  const options = join(place, 'cluster', 'postmaster.opts');
  await writeFile(options, '');
  const used = new Date(Date.now() - days * DAY_MS);
  await utimes(options, used, used);
  return place;
}

test('only a cluster that nobody used for 30 days and whose temporary data folder is gone is removed', async () => {
  const gone = join(tmpdir(), 'gabinet-test-gone');
  const abandoned = await addCluster('abandoned', gone, 31);
  const recent = await addCluster('recent', gone, 29);
  const owned = await addCluster('owned', shared, 31);
  const unmounted = await addCluster('unmounted', '/srv/gabinet-test-gone', 400);
  await removeAbandonedClusters(shared);
  expect([abandoned, recent, owned, unmounted].map((place) => existsSync(place))).toEqual([false, true, true, true]);
});
