import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { DevProcess } from '../../../scripts/dev-process.ts';
import { nodeProgram } from '../../../scripts/managed-process.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

afterEach(() => vi.restoreAllMocks());

/** A program of one file, and the lines that each of its starts printed. */
async function program(source: string) {
  const folder = await tempFolder();
  const path = join(folder, 'program.ts');
  await writeFile(path, source);
  const printed: string[] = [];
  const plan = { name: 'program', ...nodeProgram(path), environment: {}, logPath: join(folder, 'program.log') };
  const dev = new DevProcess(plan, (process) => process.onLine(/^(\w+)$/, (line) => printed.push(line)));
  onTestFinished(() => dev.end());
  return { dev, path, printed };
}

test('a program is ended in order and started with its new source', async () => {
  const keepsOn =
    "setInterval(() => undefined, 1000); process.on('SIGTERM', () => { console.log('bye'); process.exit(); });";
  const { dev, path, printed } = await program(`${keepsOn} console.log('first');`);
  await dev.start();
  await until(() => printed.length === 1);
  expect(printed).toEqual(['first']);
  await writeFile(path, `${keepsOn} console.log('second');`);
  await dev.start();
  await until(() => printed.length === 3);
  expect(printed).toEqual(['first', 'bye', 'second']);
});

test('a program that ends by a mistake says so, and starts again when it is corrected', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { dev, path, printed } = await program("throw new Error('a mistake');");
  await dev.start();
  await until(() => error.mock.calls.join('\n').includes('a mistake'));
  expect(error.mock.calls[0]?.[0]).toMatch(/^The program ended \(exit code 1\)/);
  await writeFile(path, "console.log('corrected');");
  await dev.start();
  await until(() => printed.length === 1);
  expect(printed).toEqual(['corrected']);
});
