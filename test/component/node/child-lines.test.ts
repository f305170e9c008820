import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { collectLines } from '../../../node/child-lines.ts';

test('every line of a child is reported, and the last ones are kept', async () => {
  const script = 'for (let i = 1; i <= 5; i += 1) console.log("line", i); console.error("an error")';
  const child = spawn(process.execPath, ['-e', script]);
  const reported: string[] = [];
  const kept = collectLines(child, { kept: 2, onLine: (line) => reported.push(line) });
  await once(child, 'close');
  await expect.poll(() => reported.length).toBe(6);
  expect(reported).toContain('an error');
  expect(kept).toEqual(reported.slice(-2));
});
