import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runCli } from '../../support/run-cli.ts';
import { makeGlb, OCULUS_MORPHS } from '../../support/sample-assets.ts';
import { makePly } from '../../support/sample-splats.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;

async function inspect(bytes: Uint8Array, ...args: readonly string[]) {
  const file = join(await tempFolder(), 'a.gab');
  await writeFile(file, bytes);
  return runCli(['inspect', file, ...args]);
}

const splat = buildBundle({
  name: '\u001b[2JSplat',
  manifest: {
    minRuntime: '1.0.0',
    body: { type: 'splat', main: 's', binding: { type: 'lam', model: 'm' } },
    animations: { idle: ['m#Idle'] },
  },
  assets: [
    { id: 's', kind: 'splat', format: 'ply', path: 'splat/s.ply', content: makePly(12), deflate: true },
    {
      id: 'm',
      kind: 'model',
      format: 'glb',
      path: 'model/m.glb',
      content: makeGlb({
        morphs: OCULUS_MORPHS,
        clips: ['Idle'],
        json: { extensionsRequired: ['KHR_mesh_quantization'] },
      }),
    },
  ],
});

describe('gabinet inspect', () => {
  it('shows the tree with raw and compressed sizes, the manifest, and the mouth', async () => {
    const { exitCode, out } = await runCli(['inspect', join(fixtures, 'gab/portrait-2d.gab')]);
    expect(exitCode).toBe(0);
    expect(out).toContain('Files (12, 138 kB');
    expect(out).toMatch(/ 3\.9 kB +1\.2 kB {2}manifest\.json\n/);
    expect(out).toMatch(/\n +portrait\/\n +7\.2 kB +stored +neutral\.png\n/);
    expect(out).toMatch(/mouth +map in the manifest, 14 of 14 sounds/);
  });

  it('computes what the runtime needs from the content', async () => {
    const { out } = await inspect(splat);
    expect(out).toMatch(/glTF extensions +KHR_mesh_quantization/);
    expect(out).toMatch(/splats +yes, 12 points/);
    expect(out).toMatch(/mouth +morph targets named viseme_\*, 14 of 14 sounds/);
    expect(out).toContain('1 clips, 15 morphs');
    expect(out).toMatch(/slots +idle 1/);
  });

  it('prevents texts of the file from controlling the terminal', async () => {
    const { out } = await inspect(splat);
    expect(out).toContain('\\x1b[2JSplat');
    expect(out).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it('prints the same as JSON', async () => {
    const { exitCode, out } = await inspect(splat, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'valid-with-warnings',
      entries: [{ path: 'mimetype', sizeBytes: 44, compressedBytes: 44, isStored: true }, {}, {}, {}, {}],
      needs: {
        minRuntime: '1.0.0',
        extensions: ['KHR_mesh_quantization'],
        drawsSplats: true,
        splatPoints: 12,
        isVrm: false,
        morphs: 15,
        visemes: 'names',
        covered: 14,
      },
      manifest: { body: { type: 'splat' } },
    });
  });

  it.each(['crc-wrong', 'html-as-gab'])('shows the findings of %s instead, with exit code 1', async (name) => {
    const run = await runCli(['inspect', join(fixtures, `hostile/${name}.gab`)]);
    expect(run).toMatchObject({ exitCode: 1, out: '', error: expect.stringContaining('What to do:') as string });
  });

  it('exits 2 for a missing file', async () => {
    expect(await runCli(['inspect', '/nowhere.gab'])).toMatchObject({ exitCode: 2, out: '' });
  });
});
