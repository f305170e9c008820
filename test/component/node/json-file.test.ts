import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../../../node/json-file.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const schema = z.object({ a: z.int() });
const parse = (json: unknown) => schema.parse(json);

describe('readJsonFile', () => {
  it('returns null if there is no file', async () => {
    expect(await readJsonFile(join(await tempFolder(), 'none.json'), parse)).toBeNull();
  });

  it.each(['{"a":', '{"a":"text"}', ''])('moves %j aside instead of losing it', async (content) => {
    const folder = await tempFolder();
    const path = join(folder, 'settings.json');
    await writeFile(path, content);
    expect(await readJsonFile(path, parse)).toBeNull();
    const [kept] = await readdir(folder);
    expect(kept).toMatch(/^settings\.json\.unreadable-/);
    expect(await readFile(join(folder, kept ?? ''), 'utf8')).toBe(content);
  });
});

it('writeJsonFile writes what readJsonFile reads', async () => {
  const path = join(await tempFolder(), 'settings.json');
  await writeJsonFile(path, { a: 7 });
  expect(await readJsonFile(path, parse)).toEqual({ a: 7 });
});
