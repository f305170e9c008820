import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../cli/run-command.ts';
import { comparisonSchema } from '../../../shared/gab/compare/comparison.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { makeGlb, OCULUS_MORPHS } from '../../support/sample-assets.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gabinet-compare-'));
  await writeFile(join(folder, 'before.gab'), bundleWith(OCULUS_MORPHS));
  await writeFile(join(folder, 'after.gab'), bundleWith(OCULUS_MORPHS.map((morph) => `Head_${morph}`)));
  await writeFile(join(folder, 'renamed.gab'), bundleWith(OCULUS_MORPHS, { name: 'Otto' }));
  await writeFile(join(folder, 'damaged.gab'), bundleWith([]).subarray(0, 900));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function bundleWith(morphs: readonly string[], manifest: object = {}): Buffer {
  const model = { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content: makeGlb({ morphs }) };
  return buildBundle({ assets: [model], manifest: { body: { type: 'model3d', main: 'body' }, ...manifest } });
}

async function compare(...args: string[]) {
  const [out, error]: string[][] = [[], []];
  const exitCode = await runCommand(
    ['compare', ...args.map((arg) => (arg.startsWith('-') ? arg : join(folder, arg)))],
    { writeOut: (text) => out?.push(text), writeError: (text) => error?.push(text) },
  );
  return { exitCode, out: out?.join('') ?? '', error: error?.join('') ?? '' };
}

describe('gabinet compare', () => {
  it('exits 1 if the second bundle breaks something, and explains the difference and the fix', async () => {
    const { exitCode, out } = await compare('before.gab', 'after.gab');
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /^breaking changes \(\d+ differences\)\nbreaks-runtime {2}Morph targets renamed {2}\(model\/body\.glb\)\n/,
    );
    expect(out).toContain('15 morph targets renamed: “viseme_CH → Head_viseme_CH”');
    expect(out).toMatch(/lip-sync won't work\.\n +Give the morph targets their old names/);
  });

  it('exits 0 if the differences are only visible, or if there are none', async () => {
    const visible = await compare('before.gab', 'renamed.gab');
    expect(visible.exitCode).toBe(0);
    expect(visible.out).toContain('The name in the bundle changed from “Built avatar” to “Otto”.');
    expect(await compare('before.gab', 'before.gab')).toEqual({
      exitCode: 0,
      out: 'no differences\n',
      error: '',
    });
  });

  it('prints the comparison as JSON', async () => {
    const { exitCode, out } = await compare('after.gab', 'before.gab', '--json');
    const comparison = comparisonSchema.parse(JSON.parse(out));
    expect([exitCode, comparison.verdict]).toEqual([0, 'visible']);
    expect(comparison.differences.map(({ code }) => code)).toContain('visemes-gained');
  });

  it('exits 2 if a file cannot be compared', async () => {
    const damaged = await compare('before.gab', 'damaged.gab');
    expect(damaged).toMatchObject({ exitCode: 2, out: '' });
    expect(damaged.error).toContain("isn't a valid bundle, so it can't be compared");
    expect(await compare('before.gab', 'nowhere.gab')).toMatchObject({ exitCode: 2, out: '' });
    expect((await compare('before.gab')).exitCode).toBe(2);
  });
});
