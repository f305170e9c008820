import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ELECTRON_RULES, type Violation, violationsIn } from '../../support/security/electron-rules.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..');

async function scan(...folders: readonly string[]): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const folder of folders) {
    const names = await readdir(join(PROJECT, folder), { recursive: true });
    const sources = names.filter((name) => /\.(?:ts|js)$/.test(name));
    expect(sources.length).toBeGreaterThan(0);
    for (const name of sources) {
      const file = `${folder}/${name.replaceAll('\\', '/')}`;
      found.push(...violationsIn(file, await readFile(join(PROJECT, file), 'utf8')));
    }
  }
  return found;
}

describe('the rules of Electron’s checklist that can be seen in the text', () => {
  test('main process, preload and shared code break none of them', async () => {
    expect(await scan('main', 'preload', 'shared', 'node')).toEqual([]);
  });

  test.each(Object.keys(ELECTRON_RULES))('a bad application is caught: it %s', async (rule) => {
    const broken = await scan('test/fixtures/bad-electron-app');
    expect(broken.map((violation) => violation.rule)).toContain(rule);
  });

  test('every line of the bad application that is meant to be bad is caught', async () => {
    const folder = 'test/fixtures/bad-electron-app';
    const lines = new Set((await scan(folder)).map(({ file, line }) => `${file}:${line}`));
    // Only these are harmless: imports, braces, and the window itself.
    const source = await readFile(join(PROJECT, folder, 'main.js'), 'utf8');
    const missed = source.split('\n').filter((text, index) => {
      const isHarmless = /^\s*(?:\/\/|const \{|const window =|webPreferences: \{|\}|$)/.test(text);
      return !isHarmless && !lines.has(`${folder}/main.js:${index + 1}`);
    });
    expect(missed).toEqual([]);
  });
});
