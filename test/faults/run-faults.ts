import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '../../scripts/build-part.ts';
import { startTemplate } from '../support/global-setup.ts';
import { describeFailure, describeStruck } from './run/describe-result.ts';
import { runSeeds } from './run/run-seeds.ts';

const USAGE = `npm run test:faults -- [--seeds 50] [--from 1] [--lanes 2] [--trace]

  --seeds  how many schedules
  --from   the first seed; to repeat one: --seeds 1 --from SEED
  --lanes  how many run side by side
  --trace  prints what happened in each of them, not only in failing ones
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function wholeNumber(name: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new RangeError(`--${name} must be a whole number, not “${value}”`);
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const from = wholeNumber('from', values.from);
  const seeds = Array.from({ length: wholeNumber('seeds', values.seeds) }, (_, index) => from + index);
  const startedAt = performance.now();
  await buildIfChanged('server');
  const postgres = await startTemplate();
  try {
    const results = await runSeeds({
      postgresUrl: postgres.url,
      seeds,
      lanes: wholeNumber('lanes', values.lanes),
      onResult: (result) => {
        const isGood = result.findings.length === 0;
        process.stdout.write(`seed ${result.seed}: ${isGood ? 'ok' : 'FAILED'} (${Math.round(result.tookMs)} ms)\n`);
        if (!isGood) process.stdout.write(`${describeFailure(result)}\n`);
        else if (values.trace) process.stdout.write(`${result.trace}\n`);
      },
    });
    const failed = results.filter(({ findings }) => findings.length > 0);
    process.stdout.write(`${describeStruck(results)}\n`);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    process.stdout.write(`${results.length} seeds from ${from} in ${seconds} s: ${failed.length} failed\n`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}

// The guard of the embedded PostgreSQL waits for the end of this process.
process.exit(await main());
