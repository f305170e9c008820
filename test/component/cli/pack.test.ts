import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bundleFolder, document, writeFiles } from '../../support/bundle-folder.ts';
import { opened } from '../../support/bundle-writer.ts';
import { runCli } from '../../support/run-cli.ts';
import { makeGlb, makePng } from '../../support/sample-assets.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;

describe('gabinet pack', () => {
  it('makes a valid bundle from a folder', async () => {
    const { folder, out } = await bundleFolder([document('a', Buffer.from('hello'))]);
    for (const name of ['.DS_Store', '._manifest.json', 'docs/._a.txt'])
      await writeFile(join(folder, name), 'left by a file manager');
    const run = await runCli(['pack', folder, out]);
    expect(run).toMatchObject({ exitCode: 0, error: '' });
    expect(run.out).toMatch(/out\.gab: valid \(“Built avatar” 1\.0\.0\)\n.+ written\.\n$/s);
    expect((await runCli(['validate', out])).exitCode).toBe(0);
  });

  it('computes sizes and hashes again after an edit', async () => {
    const { folder, out } = await bundleFolder([document('a', Buffer.from('hello'))]);
    await writeFile(join(folder, 'docs/a.txt'), 'edited, and longer than before');
    expect((await runCli(['pack', folder, out])).exitCode).toBe(0);
  });

  it('accepts a folder that another tool unpacked', async () => {
    const { root, folder, out } = await bundleFolder();
    await runCli(['pack', folder, out]);
    const other = join(root, 'other');
    if (spawnSync('unzip', ['-qq', out, '-d', other]).error) {
      process.stderr.write('pack: unzip is not on this machine, a folder that it unpacked was not packed\n');
      return;
    }
    const again = join(root, 'again.gab');
    expect(await runCli(['pack', other, again])).toMatchObject({ exitCode: 0 });
    expect(await readFile(again)).toEqual(await readFile(out));
  });

  it('reports unlisted and missing files, and writes nothing', async () => {
    const { root, folder, out } = await bundleFolder([document('a', Buffer.from('x'))]);
    await writeFiles(folder, { 'docs/notes.txt': 'x' });
    await writeFile(
      join(folder, 'manifest.json'),
      (await readFile(join(folder, 'manifest.json'), 'utf8')).replace('docs/a.txt', 'docs/gone.txt'),
    );
    const run = await runCli(['pack', folder, out]);
    expect(run.exitCode).toBe(1);
    expect(run.error).toMatch(/GAB_E_ASSET_MISSING in docs\/gone\.txt.*What to do:/s);
    expect(run.error).toMatch(/GAB_E_ASSET_UNLISTED in docs\/notes\.txt.*What to do:/s);
    expect(await readdir(root)).toEqual(['in']);
  });

  it.each([
    ['docs/has space.txt', /GAB_E_MANIFEST_SCHEMA in manifest\.json \/assets\/2\/path/],
    ['docs/con.txt', /GAB_E_MANIFEST_SCHEMA in manifest\.json \/assets\/2\/path/],
    ['a/b/c/d/e.txt', /GAB_E_MANIFEST_SCHEMA in manifest\.json \/assets\/2\/path/],
  ])('refuses the path %s', async (path, expected) => {
    const { folder, out } = await bundleFolder([{ ...document('a', Buffer.from('x')), path }]);
    const run = await runCli(['pack', folder, out]);
    expect([run.exitCode, expected.test(run.error)]).toEqual([1, true]);
  });

  it.each([
    ['{"format":"gab","format":"gab"}', 'GAB_E_MANIFEST_JSON'],
    ['not json', 'GAB_E_MANIFEST_JSON'],
    [' '.repeat(600_000), 'GAB_E_MANIFEST_SIZE'],
  ])('refuses a broken manifest', async (text, code) => {
    const { folder, out } = await bundleFolder();
    await writeFile(join(folder, 'manifest.json'), text);
    const run = await runCli(['pack', folder, out]);
    expect([run.exitCode, run.error.includes(code)]).toEqual([1, true]);
  });

  it('refuses a folder without a manifest', async () => {
    const run = await runCli(['pack', await tempFolder(), join(await tempFolder(), 'a.gab')]);
    expect(run).toMatchObject({ exitCode: 1, error: expect.stringContaining('GAB_E_MANIFEST_MISSING') as string });
  });

  it('uses the first portrait if there is no thumbnail, or reports that it is missing', async () => {
    const { folder, out } = await bundleFolder();
    await rm(join(folder, 'thumbnail.png'));
    const path = join(folder, 'manifest.json');
    const { thumbnail, ...manifest } = JSON.parse(await readFile(path, 'utf8')) as {
      thumbnail: string;
      assets: object[];
    };
    expect(await runCli(['pack', folder, out])).toMatchObject({ exitCode: 0 });
    await writeFile(path, JSON.stringify({ ...manifest, assets: manifest.assets.slice(1) }));
    expect(await runCli(['pack', folder, out, '--force'])).toMatchObject({ exitCode: 0 });
    const bundle = await opened(await readFile(out));
    expect(bundle.entries[2]?.path).toBe('thumbnail.png');
    expect(thumbnail).toBe('thumb');
    await rm(join(folder, 'portrait'), { recursive: true });
    const sound = { id: 'face', kind: 'audio', format: 'ogg', path: 'audio/a.ogg' };
    await writeFiles(folder, {
      'audio/a.ogg': 'OggS',
      'manifest.json': JSON.stringify({ ...manifest, assets: [sound] }),
    });
    const refused = await runCli(['pack', folder, out, '--force']);
    expect(refused).toMatchObject({ exitCode: 1, error: expect.stringContaining('/thumbnail') as string });
  });

  it('prefers the picture of the VRM over a portrait if there is no thumbnail', async () => {
    const png = makePng({ width: 200, height: 200, color: [1, 2, 250] });
    const json = {
      extensions: { VRMC_vrm: { meta: { thumbnailImage: 0 } } },
      images: [{ uri: `data:image/png;base64,${png.toString('base64')}` }],
    };
    const model = { id: 'm', kind: 'model', format: 'vrm', path: 'model/m.vrm', content: makeGlb({ json }) };
    const { folder, out } = await bundleFolder([model]);
    await rm(join(folder, 'thumbnail.png'));
    expect(await runCli(['pack', folder, out])).toMatchObject({ exitCode: 0 });
    const { dominant } = await sharp(await (await opened(await readFile(out))).readAsset('thumb')).stats();
    expect(dominant.b).toBeGreaterThan(200);
    expect(dominant.r).toBeLessThan(40);
  });

  it('replaces a bundle only with --force', async () => {
    const { folder, out } = await bundleFolder();
    await writeFile(out, 'mine');
    const refused = await runCli(['pack', folder, out]);
    expect(refused).toMatchObject({ exitCode: 2, error: expect.stringContaining('--force') as string });
    expect(await readFile(out, 'utf8')).toBe('mine');
    expect((await runCli(['pack', folder, out, '--force'])).exitCode).toBe(0);
    expect((await runCli(['validate', out])).exitCode).toBe(0);
  });

  it('keeps the existing bundle if the new one is invalid', async () => {
    const { root, folder, out } = await bundleFolder();
    await writeFile(out, 'mine');
    await writeFiles(folder, { 'docs/extra.txt': 'x' });
    expect((await runCli(['pack', folder, out, '--force'])).exitCode).toBe(1);
    expect(await readFile(out, 'utf8')).toBe('mine');
    expect((await readdir(root)).toSorted()).toEqual(['in', 'out.gab']);
  });

  it('does not follow links', async () => {
    const { folder, out } = await bundleFolder();
    await symlink('/etc/hostname', join(folder, 'docs.txt'));
    expect(await runCli(['pack', folder, out])).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('docs.txt is a link') as string,
    });
  });

  it.each([
    [['pack', '/nowhere/at/all', 'x.gab'], 'file not found'],
    [['pack', fixtures, 'x.zip'], 'must end in .gab'],
    [['pack', join(fixtures, 'gab/minimal.gab'), 'x.gab'], 'not a folder'],
    [['unpack', '/nowhere.gab', 'x'], 'file not found'],
    [['unpack', fixtures, 'x'], 'this is a folder'],
  ])('exits 2 for %j', async (args, message) => {
    expect(await runCli(args)).toMatchObject({ exitCode: 2, error: expect.stringContaining(message) as string });
  });
});

describe('gabinet unpack', () => {
  it('writes exactly the files of the bundle', async () => {
    const folder = join(await tempFolder(), 'new');
    const run = await runCli(['unpack', join(fixtures, 'gab/portrait-2d.gab'), folder]);
    expect(run).toEqual({ exitCode: 0, out: `${folder}: 11 files\n`, error: '', questions: [] });
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((item) => item.isFile());
    expect(files.map(({ name }) => name)).toHaveLength(11);
  });

  it.each(['crc-wrong', 'path-traversal', 'zip-hidden-entry', 'foreign-zip-slip'])(
    'does not unpack %s',
    async (name) => {
      const root = await tempFolder();
      const run = await runCli(['unpack', join(fixtures, `hostile/${name}.gab`), join(root, 'new')]);
      expect(run).toMatchObject({ exitCode: 1, error: expect.stringContaining('Nothing was unpacked') as string });
      expect(await readdir(root)).toEqual([]);
    },
  );

  it('does not write into a folder with other files', async () => {
    const root = await tempFolder();
    await writeFile(join(root, 'mine.txt'), 'mine');
    const run = await runCli(['unpack', join(fixtures, 'gab/minimal.gab'), root]);
    expect(run).toMatchObject({ exitCode: 2, error: expect.stringContaining("isn't empty") as string });
    expect(await readdir(root)).toEqual(['mine.txt']);
  });
});

describe('pack, unpack, pack', () => {
  it('keeps a C2PA store', async () => {
    const root = await tempFolder();
    const [one, two, three] = ['one', 'two', 'three.gab'].map((name) => join(root, name)) as [string, string, string];
    await runCli(['unpack', join(fixtures, 'hostile/c2pa-present.gab'), one]);
    expect(await runCli(['pack', one, `${two}.gab`])).toMatchObject({ exitCode: 0 });
    await runCli(['unpack', `${two}.gab`, two]);
    expect(await runCli(['pack', two, three])).toMatchObject({ exitCode: 0 });
    expect(await readFile(three)).toEqual(await readFile(`${two}.gab`));
    expect(await readdir(join(two, 'META-INF'))).toEqual(['content_credential.c2pa']);
  });
});
