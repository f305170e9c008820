import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeFileAtomic } from '../../../../node/atomic-file.ts';
import { readJsonFile } from '../../../../node/json-file.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const schema = z.object({ a: z.int() });
const parse = (json: unknown) => schema.parse(json);

describe('writeFileAtomic', () => {
  it('makes the folder, replaces what was there, leaves nothing beside it, and nobody else may read it', async () => {
    const folder = join(await tempFolder(), 'new');
    const path = join(folder, 'settings.json');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, 'two');
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['settings.json']);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it fails', async () => {
    const folder = await tempFolder();
    // A folder of that name cannot be replaced by a file.
    await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'taken'), 'x')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });
});

describe('readJsonFile', () => {
  it('answers null where there is no file', async () => {
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
