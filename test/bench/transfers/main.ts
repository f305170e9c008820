import { parseArgs } from 'node:util';
import { type Figure, figureLine, note } from '../figures.ts';

// Measures what transfers cost, against the goals of docs/performance.md. Prints one line per
// figure: NAME VALUE GOAL met|missed. Usage: node test/bench/transfers/main.ts [--only a,b]
// [--rounds 9]

type Measure = (options: { readonly rounds: number }) => Promise<Figure[]>;

/** Loaded on demand, so that each benchmark loads only its own dependencies. */
const measures: Readonly<Record<string, { readonly what: string; load(): Promise<Measure> }>> = {
  a: {
    what: 'a whole upload against tus and a raw copy',
    load: async () => (await import('./measure-whole-upload.ts')).measureWholeUpload,
  },
  b: {
    what: 'a new version against rsync',
    load: async () => (await import('./measure-new-version.ts')).measureNewVersion,
  },
  c: {
    what: 'an upload whose connection is cut five times',
    load: async () => (await import('./measure-cuts.ts')).measureCuts,
  },
  d: {
    what: 'the first sync of a large library',
    load: async () => (await import('./measure-first-sync.ts')).measureFirstSync,
  },
  e: {
    what: 'how soon another client sees a change',
    load: async () => (await import('./measure-visibility.ts')).measureVisibility,
  },
  f: {
    what: 'memory while uploading',
    load: async () => (await import('./measure-upload-memory.ts')).measureUploadMemory,
  },
};

const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: '9' } } });
const chosen = values.only?.split(',') ?? Object.keys(measures);
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds} is not a number of rounds`);
for (const name of chosen) {
  const measure = measures[name];
  if (!measure) throw new Error(`--only knows ${Object.keys(measures).join(', ')}, and not "${name}"`);
  note(`(${name}) ${measure.what}`);
  const run = await measure.load();
  for (const figure of await run({ rounds })) process.stdout.write(`${figureLine(figure)}\n`);
}
