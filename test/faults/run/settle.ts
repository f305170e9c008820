import { setTimeout as delay } from 'node:timers/promises';
import { isFileFailure } from '../../../main/failures/file-failure.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { readCursor } from '../check/read-library.ts';
import { ChildGone } from '../processes/child.ts';
import type { ClientMachine } from '../processes/client-machine.ts';
import { listed } from './listed.ts';
import { fullDiskLeft, setFullDisk } from './postgres-full.ts';
import { isUnfitting, liftQuota } from './quota.ts';
import { type Run, seeOutbox } from './run-schedule.ts';

/** With automatic retries everything settles in seconds, but machines may be slow. */
const SETTLE_LIMIT_MS = 90_000;
const LOOK_INTERVAL_MS = 40;
const ENDED: ReadonlySet<TransferView['state']> = new Set(['done', 'refused', 'cancelled']);

/**
 * Ends all faults, brings everybody up, and waits until nothing is on its way. What does not settle
 * is a finding.
 */
export async function settle(run: Run): Promise<void> {
  await endFaults(run);
  const deadline = performance.now() + SETTLE_LIMIT_MS;
  const retried = new Set<string>();
  let restless: readonly string[] = ['nothing was looked at'];
  while (restless.length > 0 && performance.now() < deadline) {
    const before = restless.join('; ');
    restless = await look(run, retried);
    if (restless.join('; ') !== before) run.book.note(`not yet: ${restless.join('; ')}`);
    if (restless.length > 0) await delay(LOOK_INTERVAL_MS);
  }
  for (const what of restless) run.book.found(`it does not settle: ${what}`);
}

async function endFaults(run: Run): Promise<void> {
  const { lane, clients, book } = run;
  for (const client of clients) {
    for (const [kind, times] of client.wire.takeStruck()) book.countStruck(`wire: ${kind}`, times);
    await client.wire.restore();
    book.countStruck('client: disk full', await disarm(client));
  }
  book.countStruck('server: disk full', await disarm(lane.server));
  const armed = run.schedule.steps.reduce((sum, step) => sum + (step.kind === 'postgres-full' ? step.times : 0), 0);
  book.countStruck('server: PostgreSQL full', Math.max(0, armed - (await fullDiskLeft(lane.sql))));
  await setFullDisk(lane.sql, 0);
  book.countStruck('quota reached', await countUnfitting(run));
  await liftQuota(run);
  book.note('the faults end');
  await lane.server.start();
}

async function countUnfitting({ clients }: Run): Promise<number> {
  const counts = clients.map(async (client) => {
    try {
      return listed(await client.api.transfers.list()).filter(isUnfitting).length;
    } catch (error) {
      if (error instanceof ChildGone) return 0;
      throw error;
    }
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** A process that died at the last moment has nothing armed. */
async function disarm(machine: { disarm(): Promise<number> }): Promise<number> {
  try {
    return await machine.disarm();
  } catch (error) {
    if (error instanceof ChildGone) return 0;
    throw error;
  }
}

/**
 * Does what a patient person would do. Returns what has not settled yet. Only when nobody has
 * anything to send does the feed stand still, so the cursors are compared with it after that.
 */
async function look(run: Run, retried: Set<string>): Promise<readonly string[]> {
  const onTheWay = await lookAtEach(run, (client) => lookAtWork(run, client, retried));
  if (onTheWay.length > 0) return onTheWay;
  const { rows } = await run.lane.sql.query<{ feed_seq: string }>('select feed_seq from customers where id = $1', [
    run.world.customer.id,
  ]);
  const feedSeq = Number(rows[0]?.feed_seq);
  return lookAtEach(run, (client) => lookAtCursor(run, client, feedSeq));
}

type LookAtClient = (client: ClientMachine) => Promise<readonly string[]>;

async function lookAtEach({ clients }: Run, lookAt: LookAtClient): Promise<readonly string[]> {
  const found = clients.map(async (client) => {
    try {
      return (await lookAt(client)).map((what) => `client ${client.number}${what}`);
    } catch (error) {
      if (error instanceof ChildGone) return [`client ${client.number} died`];
      throw error;
    }
  });
  return (await Promise.all(found)).flat();
}

async function lookAtWork(run: Run, client: ClientMachine, retried: Set<string>): Promise<readonly string[]> {
  await client.start();
  if (!(await client.signIn())) return [' cannot sign in'];
  const transfers = listed(await client.api.transfers.list());
  run.book.hearTransfers(client.number, transfers);
  const movedAgain: string[] = [];
  for (const transfer of transfers) {
    if (await tryAgain(run, client, { transfer, retried })) movedAgain.push(`: ${transfer.fileName} begins again`);
  }
  seeOutbox(run, client);
  return [
    ...movedAgain,
    ...transfers
      // With the quota gone, nobody needs to press anything for those that did not fit.
      .filter((transfer) => !ENDED.has(transfer.state) || isUnfitting(transfer))
      .map(({ fileName, state, failure }) => `: ${fileName} is ${state} ${failure?.code ?? ''}`),
    ...listed(await client.api.operations.list())
      .filter(({ state }) => state === 'waiting' || state === 'sending')
      .map(({ kind, state }) => `: a ${kind} is ${state}`),
  ];
}

async function lookAtCursor(run: Run, client: ClientMachine, feedSeq: number): Promise<readonly string[]> {
  // An expired session ends when the server says so: what was listed after that is nobody's.
  if ((await client.api.session.get()).user === null) return [' was signed out'];
  if (!run.schedule.isHandsOff) await client.api.library.refresh();
  const cursor = readCursor(client.libraryPath, run.world.customer.uuid);
  return cursor === feedSeq ? [] : [` is at ${cursor} of ${feedSeq}`];
}

/**
 * Retries a failed transfer at once, unless nobody intervenes in this run. A transfer that a full
 * disk refused is retried once. Returns whether the transfer was restarted, which makes the earlier
 * list outdated.
 */
async function tryAgain(
  { schedule, book }: Run,
  client: ClientMachine,
  { transfer, retried }: { readonly transfer: TransferView; readonly retried: Set<string> },
): Promise<boolean> {
  const isByHand = transfer.state === 'refused' && transfer.failure !== null && isFileFailure(transfer.failure);
  // A person paused it, so a person resumes it. An upload that was cancelled without the server
  // ends automatically.
  const isPaused = transfer.state === 'paused' && transfer.failure?.code !== 'cancel_unconfirmed';
  if (isPaused) await client.api.transfers.resume({ id: transfer.id });
  if (!transfer.canRetry || transfer.state === 'cancelled' || retried.has(transfer.id)) return isPaused;
  if (schedule.isHandsOff && !isByHand) return false;
  if (transfer.state === 'refused') retried.add(transfer.id);
  book.note(`client ${client.number} tries ${transfer.fileName} again (${transfer.state})`);
  await client.api.transfers.retry({ id: transfer.id });
  return true;
}
