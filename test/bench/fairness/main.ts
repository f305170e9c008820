import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from '../../support/api-client.ts';
import { documentBundle, freshBytes } from '../../support/document-bundles.ts';
import { fillLibrary } from '../../support/fill-library.ts';
import { SessionUploader } from '../../support/session-uploader.ts';
import { startChild } from '../child-calls.ts';
import { type Figure, figureLine, median, note } from '../figures.ts';
import { type BenchWorld, inBenchWorld } from '../transfers/bench-world.ts';
import { freshBundle } from '../transfers/fresh-bundle.ts';
import type { Flood, FloodAnswer } from './flood-child.ts';

// How long one customer's user waits while another customer's user floods the server with requests.
// One line per figure: NAME VALUE GOAL met|missed, in milliseconds. Usage:
// node test/bench/fairness/main.ts

const FEED_REQUESTS = 300;
const FEED_VERSIONS = 20_000;
const FEED_GOAL_MS = 500;
const COMPLETES = 12;
const COMPLETED_FILE_BYTES = 20_000_000;
const SMALL_FILE_BYTES = 6_000;
const UPLOAD_GOAL_MS = 1000;
/** Requests without a flood, whose median says what the machine needs. */
const QUIET_ROUNDS = 15;

await inBenchWorld(async (world) => {
  for (const figure of [...(await measureFeed(world)), ...(await measureCompletes(world))]) {
    process.stdout.write(`${figureLine({ ...figure, digits: 0 })}\n`);
  }
});

async function measureFeed(world: BenchWorld): Promise<Figure[]> {
  await fillLibrary(world.database.pool, {
    customerId: world.customers.aurora.id,
    projects: 10,
    versions: FEED_VERSIONS,
  });
  const bo = new ApiClient(world.serverUrl, world.people.bo.token);
  const probe = async () => void (await (await bo.get('/api/customer/changes?since=0&limit=1000')).text());
  const path = '/api/customer/changes?since=0&limit=1000';
  const times = await duringFlood(world, { method: 'GET', paths: Array(FEED_REQUESTS).fill(path) }, probe);
  return [{ name: 'feed-request-during-flood-ms', value: times.longestMs, goal: FEED_GOAL_MS }];
}

async function measureCompletes(world: BenchWorld): Promise<Figure[]> {
  const dana = new ApiClient(world.serverUrl, world.token);
  const bo = new ApiClient(world.serverUrl, world.people.bo.token);
  const projectUuid = await world.newProject();
  const paths: string[] = [];
  for (let index = 0; index < COMPLETES; index += 1) {
    const upload = new SessionUploader(dana, { projectUuid, file: freshBundle(COMPLETED_FILE_BYTES) });
    await upload.open();
    await upload.send(upload.file, 0);
    paths.push(`/api/customer/uploads/${upload.uuid}/complete`);
  }
  const reception = world.projects.reception.uuid;
  const probe = async () => {
    const bytes = documentBundle([freshBytes(SMALL_FILE_BYTES)]);
    await bo.mustUpload(reception, { bytes, fields: { activate: 'false' } });
  };
  const times = await duringFlood(world, { method: 'POST', paths }, probe);
  return [{ name: 'small-upload-during-completes-ms', value: times.longestMs, goal: UPLOAD_GOAL_MS }];
}

async function duringFlood(
  world: BenchWorld,
  flood: Flood,
  probe: () => Promise<void>,
): Promise<{ readonly longestMs: number }> {
  const child = await startChild<Flood, FloodAnswer>(new URL('./flood-child.ts', import.meta.url), [
    world.serverUrl,
    world.token,
  ]);
  try {
    const quiet: number[] = [];
    for (let round = 0; round < QUIET_ROUNDS; round += 1) quiet.push(await timeOf(probe));
    const startedAtMs = performance.now();
    const state = { isOver: false };
    const flooded = child.call(flood).finally(() => {
      state.isOver = true;
    });
    const during: number[] = [];
    // The first probe comes a moment after the flood; then one after the other until it is over.
    await delay(20);
    do during.push(await timeOf(probe));
    while (!state.isOver);
    const statuses = await flooded;
    const floodMs = performance.now() - startedAtMs;
    note(
      `quiet ${median(quiet).toFixed(0)} ms, during the flood first ${during[0]?.toFixed(0)} ms, ` +
        `median ${median(during).toFixed(0)} ms, longest ${Math.max(...during).toFixed(0)} ms of ${during.length}; ` +
        `the flood took ${floodMs.toFixed(0)} ms: ${JSON.stringify(statuses)}`,
    );
    return { longestMs: Math.max(...during) };
  } finally {
    await child.stop();
  }
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}
