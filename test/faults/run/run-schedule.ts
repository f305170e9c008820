import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { readOutbox } from '../check/read-library.ts';
import { ChildGone } from '../processes/child.ts';
import type { ClientMachine } from '../processes/client-machine.ts';
import { act } from './act.ts';
import { Book } from './book.ts';
import type { Lane } from './lane.ts';
import { listed } from './listed.ts';
import { moveToBackup, startWithWrongDatabase } from './operator.ts';
import { setFullDisk } from './postgres-full.ts';
import { reachQuota } from './quota.ts';
import { makeWorld, type RunWorld } from './run-world.ts';
import type { Machine, Schedule, Step } from './schedule.ts';

/** A run that is under way: its machines, its customer, and the book that is kept of it. */
export interface Run {
  readonly schedule: Schedule;
  readonly lane: Lane;
  readonly world: RunWorld;
  readonly clients: readonly ClientMachine[];
  readonly book: Book;
}

/** Asked often, so that what the feed has is seen without a person's hand. */
const POLL_INTERVAL_MS = 400;
/** A transfer that waits for its next try must not hold the schedule up. */
const TRANSFERS_LIMIT_MS = 1500;
const LOOK_INTERVAL_MS = 25;
/** The error of staging after signing out (`main/compose.ts`). */
const SIGNED_OUT = 'Files can only be staged while somebody is signed in';
/** For so many steps of people nobody notices that the server is gone. */
const STEPS_WITHOUT_SERVER = 2;

export async function beginRun(lane: Lane, schedule: Schedule): Promise<Run> {
  const book = new Book();
  lane.server.book = book;
  const world = await makeWorld(lane.database.db, schedule);
  const clients = lane.clients.slice(0, schedule.clients);
  const folder = join(lane.folder, `run-${world.customer.id}`);
  await lane.server.start();
  const arrive = async (client: ClientMachine) => {
    const person = world.people[client.number];
    if (person === undefined) throw new Error('a client without a person');
    const place = join(folder, `client-${client.number}`);
    await client.moveIn({ book, person, folder: place, pollIntervalMs: POLL_INTERVAL_MS });
    if (!(await client.signIn())) book.found(`client ${client.number} could not sign in before anything happened`);
    await client.api.library.refresh();
  };
  await Promise.all(clients.map(arrive));
  return { schedule, lane, world, clients, book };
}

/** Carries out the schedule step by step. Resolves when all steps are done. */
export async function runSteps(run: Run): Promise<void> {
  const behind: Promise<void>[] = [];
  let withoutServer = 0;
  for (const [at, step] of run.schedule.steps.entries()) {
    run.book.note(`step ${at}: ${JSON.stringify(step)}`);
    const doing = doStep(run, step, at);
    if (step.kind === 'act' && step.wait === 'none') behind.push(doing);
    else await doing;
    withoutServer = run.lane.server.isRunning ? 0 : withoutServer + (step.kind === 'act' ? 1 : 0);
    // It starts while people continue to work.
    if (withoutServer === STEPS_WITHOUT_SERVER) behind.push(startServer(run));
  }
  await Promise.all(behind);
}

async function startServer({ lane, book }: Run): Promise<void> {
  try {
    await lane.server.start();
  } catch (error) {
    book.found(`the server did not come up again: ${String(error)}`);
  }
}

async function doStep(run: Run, step: Step, at: number): Promise<void> {
  const { book } = run;
  try {
    const what = await does(run, step);
    book.note(`step ${at} -> ${what}`);
  } catch (error) {
    // Ignored: a step may be interrupted when its process is killed. That is the purpose of the
    // run.
    if (error instanceof ChildGone) book.note(`step ${at} -> it died`);
    // The server took the sign-in back between two clicks.
    else if (error instanceof Error && error.message.includes(SIGNED_OUT))
      book.note(`step ${at} -> signed out in the meantime`);
    else book.found(`step ${at} broke: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function does(run: Run, step: Step): Promise<string> {
  const { lane } = run;
  switch (step.kind) {
    case 'act':
      return doAct(run, step);
    case 'wire':
      clientOf(run, step.client).wire.arm(step.fault);
      return 'armed';
    case 'cut':
      clientOf(run, step.client).wire.cut();
      run.book.countStruck('wire: cut for a while', 1);
      return 'cut';
    case 'mend':
      await clientOf(run, step.client).wire.restore();
      return 'mended';
    case 'expire-token':
      return expireToken(run, step.client);
    case 'point':
      await machineOf(run, step.machine).arm(step.fault);
      return 'armed';
    case 'kill':
      run.book.countStruck(`${nameOf(step.machine)}: killed`, 1);
      await machineOf(run, step.machine).kill();
      return 'killed';
    case 'restart':
      run.book.countStruck(`${nameOf(step.machine)}: restarted`, 1);
      return restart(run, step.machine);
    case 'clock':
      run.book.countStruck(`${nameOf(step.machine)}: clock jumped`, 1);
      await machineOf(run, step.machine).setClock(step.offsetMs);
      return 'jumped';
    case 'quota-reached':
      await reachQuota(run);
      return 'reached';
    case 'wrong-database':
      return startWithWrongDatabase(run);
    case 'restored-backup':
      return moveToBackup(run);
    case 'postgres-full':
      await setFullDisk(lane.sql, step.times);
      return 'armed';
    default:
      return assertNever(step);
  }
}

export const nameOf = (machine: Machine): 'client' | 'server' => (machine === 'server' ? 'server' : 'client');

function clientOf({ clients }: Run, number: number): ClientMachine {
  const client = clients[number];
  if (client === undefined) throw new Error(`no client ${number}`);
  return client;
}

function machineOf(run: Run, machine: Machine) {
  return machine === 'server' ? run.lane.server : clientOf(run, machine);
}

async function restart(run: Run, machine: Machine): Promise<string> {
  const one = machineOf(run, machine);
  await one.stop();
  await one.start();
  return 'restarted';
}

/** As where an administrator or the time ended the sign-in. */
async function expireToken({ lane, world, book }: Run, client: number): Promise<string> {
  const { rowCount } = await lane.sql.query('delete from sessions where user_id = $1', [world.people[client]?.id]);
  book.countStruck('token expired', 1);
  return `${rowCount ?? 0} sessions gone`;
}

async function doAct(run: Run, step: Extract<Step, { kind: 'act' }>): Promise<string> {
  const client = clientOf(run, step.client);
  await client.start();
  if (!(await client.signIn())) return 'nobody is signed in';
  const result = await act({ seed: run.schedule.seed, world: run.world, client }, step.action);
  seeOutbox(run, client);
  if (step.wait === 'end') await transfersEnd(client);
  return result;
}

/** From here on nothing that the application accepted may be lost, even if a process dies. */
export function seeOutbox({ book }: Run, client: ClientMachine): void {
  book.seeOperations(client.number, readOutbox(client.libraryPath));
}

async function transfersEnd(client: ClientMachine): Promise<void> {
  const deadline = performance.now() + TRANSFERS_LIMIT_MS;
  while (performance.now() < deadline) {
    const transfers = listed(await client.api.transfers.list());
    if (transfers.every(({ state }) => !['waiting', 'sending', 'receiving', 'checking'].includes(state))) return;
    await delay(LOOK_INTERVAL_MS);
  }
}
