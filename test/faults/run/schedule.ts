import { Random } from '../../properties/fuzz/random.ts';
import type { PointFault, PointName } from '../processes/fault-switch.ts';
import { type WireFault, wireFaults, wireTargets } from './fault-wire.ts';

/** What a person does. `pick` chooses among what that person's screen shows at that moment. */
export type Action =
  | {
      readonly kind: 'upload';
      readonly project: number;
      readonly files: readonly FileChoice[];
      /** A new avatar whatever the sheet offers. */
      readonly asNew: boolean;
      readonly activate: boolean;
    }
  | { readonly kind: 'activate'; readonly project: number; readonly pick: number; readonly isNone: boolean }
  | { readonly kind: 'edit'; readonly pick: number; readonly fields: EditChoice }
  | { readonly kind: 'trash'; readonly pick: number; readonly scope: 'version' | 'avatar' }
  | { readonly kind: 'restore'; readonly pick: number; readonly isLive: boolean }
  | { readonly kind: 'cancel' | 'retry' | 'download'; readonly pick: number }
  /** Decides about a conflict or a refused operation. */
  | { readonly kind: 'resolve'; readonly pick: number; readonly choice: 'theirs' | 'mine' }
  | { readonly kind: 'pause' | 'resume'; readonly pick: number }
  | { readonly kind: 'refresh' };

/**
 * Which file is dropped: revisions of one family share most of their content; the same pair is the
 * same bytes.
 */
export interface FileChoice {
  readonly family: number;
  readonly revision: number;
}

export interface EditChoice {
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
}

/**
 * `answer`: the next step comes when the application has answered; `end`: when its transfers are
 * over; `none`: at once.
 */
export type Wait = 'none' | 'answer' | 'end';

/** A client by its number, or the server. */
export type Machine = number | 'server';

export type Step =
  | { readonly kind: 'act'; readonly client: number; readonly action: Action; readonly wait: Wait }
  | { readonly kind: 'wire'; readonly client: number; readonly fault: WireFault }
  | { readonly kind: 'cut' | 'mend' | 'expire-token'; readonly client: number }
  | { readonly kind: 'point'; readonly machine: Machine; readonly fault: PointFault }
  | { readonly kind: 'kill' | 'restart'; readonly machine: Machine }
  | { readonly kind: 'clock'; readonly machine: Machine; readonly offsetMs: number }
  /** How many of PostgreSQL's next writes of one kind find no room. */
  | { readonly kind: 'postgres-full'; readonly times: number }
  /** Until the faults end, nothing more may be stored. */
  | { readonly kind: 'quota-reached' }
  /** An operator starts the server with an empty database by mistake, and then as before. */
  | { readonly kind: 'wrong-database' }
  /** An operator moves to another disk: backup, empty database and folder, restore. */
  | { readonly kind: 'restored-backup' };

export interface Schedule {
  readonly seed: number;
  readonly clients: number;
  /** Nobody presses "try again": the run must settle automatically.  */
  readonly isHandsOff: boolean;
  readonly steps: readonly Step[];
}

export const PROJECTS = 2;
const FAMILIES = 4;
const REVISIONS = 4;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Everything that is going to happen, from the seed alone. Only the timing differs when it is
 * repeated.
 */
export function makeSchedule(seed: number): Schedule {
  const random = new Random(seed, 0xfa17);
  const clients = 2 + random.below(2);
  const isHandsOff = random.chance(0.1);
  const steps: Step[] = [firstUpload(random)];
  const actions = 8 + random.below(7);
  for (let index = 0; index < actions; index += 1) {
    if (random.chance(0.55)) steps.push(fault(random, clients));
    steps.push({ kind: 'act', client: random.below(clients), action: action(random), wait: wait(random) });
  }
  const planned = withQuota(steps, new Random(seed, QUOTA_STREAM));
  return { seed, clients, isHandsOff, steps: withOperator(planned, new Random(seed, OPERATOR_STREAM)) };
}

/**
 * Separate numbers, so that the other steps of a seed stay as they are. With this value several of
 * the seeds in `faults.test.ts` reach a quota.
 */
const QUOTA_STREAM = 0x9055b;

/** Some runs reach a quota in their second half. */
function withQuota(steps: readonly Step[], random: Random): readonly Step[] {
  if (!random.chance(0.25)) return steps;
  const half = Math.floor(steps.length / 2);
  return steps.toSpliced(half + random.below(half - 2), 0, { kind: 'quota-reached' });
}

/** Like `QUOTA_STREAM`: each mistake or move happens in two of the seeds in `faults.test.ts`. */
const OPERATOR_STREAM = 0x0b5e8;

/** In some runs an operator does something in the second half. */
function withOperator(steps: readonly Step[], random: Random): readonly Step[] {
  if (!random.chance(0.3)) return steps;
  const half = Math.floor(steps.length / 2);
  const kind = random.pick(['wrong-database', 'restored-backup'] as const);
  return steps.toSpliced(half + random.below(half - 2), 0, { kind });
}

/** Something to be edited, followed and switched from the first moment on. */
function firstUpload(random: Random): Step {
  const files = [0, 1].map((family) => ({ family, revision: random.below(REVISIONS) }));
  return {
    kind: 'act',
    client: 0,
    action: { kind: 'upload', project: 0, files, asNew: false, activate: random.chance(0.5) },
    wait: 'end',
  };
}

const wait = (random: Random): Wait => random.pick(['none', 'answer', 'answer', 'end']);

type Weighted<Value> = readonly (readonly [weight: number, make: (random: Random) => Value])[];

function choose<Value>(random: Random, options: Weighted<Value>): Value {
  let left = random.below(options.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, make] of options) {
    if (left < weight) return make(random);
    left -= weight;
  }
  throw new RangeError('no option');
}

const ACTIONS: Weighted<Action> = [
  [30, (random) => upload(random)],
  [
    18,
    (random) => ({
      kind: 'activate',
      project: random.below(PROJECTS),
      pick: random.below(100),
      isNone: random.chance(0.15),
    }),
  ],
  [18, (random) => ({ kind: 'edit', pick: random.below(100), fields: fields(random) })],
  [10, (random) => ({ kind: 'trash', pick: random.below(100), scope: random.pick(['version', 'avatar']) })],
  [8, (random) => ({ kind: 'restore', pick: random.below(100), isLive: random.chance(0.5) })],
  [5, (random) => ({ kind: 'download', pick: random.below(100) })],
  [4, (random) => ({ kind: 'cancel', pick: random.below(100) })],
  [4, (random) => ({ kind: 'retry', pick: random.below(100) })],
  [6, (random) => ({ kind: 'resolve', pick: random.below(100), choice: random.pick(['theirs', 'mine']) })],
  [3, (random) => ({ kind: random.pick(['pause', 'resume']), pick: random.below(100) })],
  [3, () => ({ kind: 'refresh' })],
];

const action = (random: Random): Action => choose(random, ACTIONS);

function upload(random: Random): Action {
  const count = random.pick([1, 1, 1, 2, 3]);
  const files = Array.from({ length: count }, () => ({
    family: random.below(FAMILIES),
    revision: random.below(REVISIONS),
  }));
  const distinct = files.filter(
    (file, at) => files.findIndex((one) => one.family === file.family && one.revision === file.revision) === at,
  );
  return {
    kind: 'upload',
    // Mostly one project: what meets in it is what can go wrong.
    project: random.chance(0.8) ? 0 : 1,
    files: distinct,
    asNew: random.chance(0.2),
    activate: random.chance(0.5),
  };
}

function fields(random: Random): EditChoice {
  const word = `word ${random.below(1000)}`;
  return choose<EditChoice>(random, [
    [4, () => ({ name: word })],
    [3, () => ({ tags: [word, 'both'] })],
    [3, () => ({ description: word })],
    [2, () => ({ name: word, description: word })],
  ]);
}

function fault(random: Random, clients: number): Step {
  const client = random.below(clients);
  return choose<Step>(random, [
    [40, () => ({ kind: 'wire', client, fault: wireFault(random) })],
    [6, () => ({ kind: 'cut', client })],
    [6, () => ({ kind: 'mend', client })],
    [14, () => ({ kind: 'point', machine: client, fault: clientPoint(random) })],
    [8, () => ({ kind: 'point', machine: 'server', fault: serverPoint(random) })],
    [6, () => ({ kind: 'kill', machine: client })],
    [3, () => ({ kind: 'kill', machine: 'server' })],
    [2, () => ({ kind: 'restart', machine: 'server' })],
    [3, () => ({ kind: 'restart', machine: client })],
    [5, () => ({ kind: 'expire-token', client })],
    [4, () => ({ kind: 'clock', machine: client, offsetMs: jump(random, 400 * DAY_MS) })],
    // Beyond an hour or so sessions end and sweeps begin, which is their right.
    [3, () => ({ kind: 'clock', machine: 'server', offsetMs: jump(random, 50 * MINUTE_MS) })],
    [4, () => ({ kind: 'postgres-full', times: 1 + random.below(3) })],
  ]);
}

function wireFault(random: Random): WireFault {
  return {
    kind: random.pick(wireFaults),
    on: random.pick([...wireTargets, 'write', 'stream', 'complete']),
    skip: random.below(3),
  };
}

const jump = (random: Random, limitMs: number): number => Math.trunc((random.fraction() * 2 - 1) * limitMs);

function clientPoint(random: Random): PointFault {
  const isFull = random.chance(0.4);
  const points: readonly PointName[] = isFull
    ? random.pick([['fileWrite'], ['libraryWrite', 'libraryCommit'], ['fileWrite', 'libraryWrite', 'libraryCommit']])
    : random.pick([['fileWrite'], ['fileName'], ['fileSync'], ['libraryWrite'], ['libraryCommit'], ['libraryCommit']]);
  return pointFault(random, { points, isFull, within: 12 });
}

function serverPoint(random: Random): PointFault {
  const isFull = random.chance(0.4);
  const points: readonly PointName[] = isFull
    ? ['fileWrite']
    : random.pick([['fileWrite'], ['fileName'], ['fileSync'], ['query'], ['queryCommit'], ['queryCommit']]);
  return pointFault(random, { points, isFull, within: points[0] === 'query' ? 60 : 5 });
}

interface PointPlan {
  readonly points: readonly PointName[];
  readonly isFull: boolean;
  readonly within: number;
}

function pointFault(random: Random, { points, isFull, within }: PointPlan): PointFault {
  return {
    points,
    skip: random.below(within),
    effect: isFull ? 'full' : random.pick(['kill-before', 'kill-after']),
    times: isFull ? 1 + random.below(6) : 1,
  };
}
