import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { probeProcess, processArguments } from '../../../node/process-probe.ts';

const SLEEPER = 'setInterval(() => undefined, 1000)';

describe('a process', () => {
  test('is running until it ends, and gone afterwards', async () => {
    const child = spawn(process.execPath, ['-e', SLEEPER]);
    await once(child, 'spawn');
    expect(probeProcess(child.pid ?? 0)).toBe('running');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(probeProcess(child.pid ?? 0)).toBe('gone');
    expect(await processArguments(child.pid ?? 0)).toEqual([]);
  });

  test.each([0, -5, 1.5, Number.NaN, 2 ** 53, 999_999_999])('numbered %d is gone', (processId) => {
    expect(probeProcess(processId)).toBe('gone');
  });

  test.skipIf(process.platform !== 'linux')('has arguments on Linux', async () => {
    const child = spawn(process.execPath, ['-e', SLEEPER, 'an argument']);
    await once(child, 'spawn');
    await expect.poll(() => processArguments(child.pid ?? 0)).toContain('an argument');
    child.kill('SIGKILL');
  });
});
