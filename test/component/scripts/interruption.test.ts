import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';

const MODULE = JSON.stringify(new URL('../../electron-rehearsal/interruption.ts', import.meta.url).href);

/** Runs until it is asked to end, and needs a moment for it. */
const CHILD = `
  process.on('SIGINT', () => setImmediate(() => { console.log('child ended'); process.exit(0); }));
  setInterval(() => undefined, 1000);
  console.log('running');
`;

const WITH_CHILD = `
  const { interruption, runInterruptibly } = await import(${MODULE});
  const plan = { command: process.execPath, args: ['-e', ${JSON.stringify(CHILD)}], environment: {} };
  try { await runInterruptibly(interruption(), plan); } finally { console.log('cleaned up'); }
`;

const WITH_WORK = `
  const { interruption, unlessInterrupted } = await import(${MODULE});
  const forever = () => new Promise(() => { setInterval(() => undefined, 1000); console.log('running'); });
  try { await unlessInterrupted(interruption(), forever); }
  catch (error) { console.log(error.message); }
  finally { console.log('cleaned up'); process.exit(1); }
`;

/** Sends the signal once the program runs. Returns the lines it wrote after that. */
async function interrupt(source: string, signal: NodeJS.Signals): Promise<readonly string[]> {
  const program = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void program.kill('SIGKILL'));
  let output = '';
  program.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
    if (output === 'running\n') program.kill(signal);
  });
  await once(program, 'close');
  return output.trim().split('\n').slice(1);
}

describe.skipIf(process.platform === 'win32')('a rehearsal that is asked to end', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s ends its command first, then cleans up',
    async (signal) => {
      expect(await interrupt(WITH_CHILD, signal)).toEqual(['child ended', 'cleaned up']);
    },
  );

  test('does not wait for its own work before it cleans up', async () => {
    expect(await interrupt(WITH_WORK, 'SIGTERM')).toEqual(['interrupted by SIGTERM', 'cleaned up']);
  });
});
