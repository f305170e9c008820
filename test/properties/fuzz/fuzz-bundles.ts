import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { compareAccepted } from './compare-accepted.ts';
import { examine } from './examine.ts';
import { describeRun, type FuzzRun } from './fuzz-report.ts';
import { keepMutant } from './keep-mutant.ts';
import { makeMutant } from './make-mutant.ts';
import { runFuzz } from './run-fuzz.ts';

const USAGE = `node test/properties/fuzz/fuzz-bundles.ts [--mutants 20000] [--seed N] [--tools N] [--report FILE] [--replay SEED:NUMBER]

  --mutants  how many mutants to read
  --seed     repeats a run; another one every time if left out
  --tools    how many accepted mutants to show to unzip, 7z and Python; 0 for none, a tenth of all if left out
  --report   writes what is printed to a file as well
  --replay   makes one mutant again, says everything about it and writes it to a file
`;

const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '20000' },
    seed: { type: 'string', default: process.env.TEST_SEED ?? String(Date.now() % 1_000_000_000) },
    tools: { type: 'string' },
    report: { type: 'string' },
    replay: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (values.replay !== undefined) return replay(values.replay);
  const mutants = wholeNumber('mutants', values.mutants);
  const tools = values.tools === undefined ? Math.floor(mutants / 10) : wholeNumber('tools', values.tools);
  return fuzz({ seed: wholeNumber('seed', values.seed), mutants, tools });
}

function wholeNumber(name: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new RangeError(`--${name} must be a whole number, not “${value}”`);
}

interface FuzzPlan {
  readonly seed: number;
  readonly mutants: number;
  readonly tools: number;
}

async function fuzz({ seed, mutants, tools }: FuzzPlan): Promise<number> {
  const startedAt = performance.now();
  process.stderr.write(`seed ${seed}\n`);
  const result = await runFuzz({ seed, mutants, workers: availableParallelism(), onProgress: showProgress(mutants) });
  const shown = result.accepted.slice(0, tools);
  const comparisons = await compareAccepted(seed, shown);
  const run: FuzzRun = { seed, mutants, tools, result, comparisons, tookMs: performance.now() - startedAt };
  const { text, isGood } = describeRun(run);
  process.stdout.write(text);
  if (values.report !== undefined) await writeFile(values.report, text);
  for (const number of new Set(result.failures.map((failure) => failure.number))) await keepMutant(seed, number);
  return isGood ? 0 : 1;
}

function showProgress(mutants: number): (examined: number) => void {
  let shown = 0;
  return (examined) => {
    const percent = Math.floor((examined * 10) / mutants) * 10;
    if (percent > shown) process.stderr.write(`${percent} %\n`);
    shown = Math.max(shown, percent);
  };
}

async function replay(name: string): Promise<number> {
  const [seed = '', number = ''] = name.split(':');
  const mutant = makeMutant(wholeNumber('replay', seed), wholeNumber('replay', number));
  await keepMutant(Number(seed), Number(number));
  process.stdout.write(
    `${mutant.kind} of ${mutant.base.name}, policy ${mutant.policy}, ${mutant.bytes.byteLength} bytes\n`,
  );
  const { report, readingMs, failures } = await examine(mutant);
  const { manifest: _, ...findings } = report;
  process.stdout.write(`${JSON.stringify(findings, null, 2)}\nread in ${readingMs.toFixed(1)} ms\n`);
  for (const failure of failures) process.stdout.write(`FAILURE ${failure}\n`);
  return failures.length === 0 ? 0 : 1;
}

process.exitCode = await main();
