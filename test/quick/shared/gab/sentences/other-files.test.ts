import { describe, expect, it } from 'vitest';
import { explainFinding } from '../../../../../shared/gab/explain-finding.ts';
import { buildBundle } from '../../../../support/bundle-builder.ts';
import { text } from '../../../../support/bundle-cases/broken-bundles.ts';
import { LFS_POINTER } from '../../../../support/expect-sentence.ts';
import { inspectBytes } from '../../../../support/inspect-bytes.ts';
import { makeGlb } from '../../../../support/sample-assets.ts';
import { makePly } from '../../../../support/sample-splats.ts';
import { buildZip } from '../../../../support/zip-builder.ts';

describe('the sentence for a file that is not a bundle', () => {
  it.each<[string, Uint8Array, string]>([
    ['a GLB', makeGlb(), "The file isn't an avatar bundle: it is a binary glTF model (GLB or VRM)."],
    [
      'a Git LFS pointer',
      LFS_POINTER,
      "The file isn't an avatar bundle: it is a Git LFS pointer, a short text that stands for the real file.",
    ],
    ['a splat', makePly(1), "The file isn't an avatar bundle: it is a Gaussian splat in PLY format."],
    ['an FBX', text('Kaydara FBX Binary  \0'), "The file isn't an avatar bundle: it is an FBX model."],
    ['a web page', text('<html><body>'), 'The file is a web page, not an avatar bundle.'],
    ['text', text('some text'), "The file isn't an avatar bundle, and its format is unknown."],
    [
      'a ZIP with a VRM',
      buildZip([{ name: 'a/Mara.vrm', content: makeGlb() }]),
      'The file is a ZIP archive with a model (Mara.vrm), not an avatar bundle.',
    ],
    [
      'another ZIP',
      buildZip([{ name: 'a.txt', content: text('a') }]),
      'The file is an ordinary ZIP archive, not an avatar bundle.',
    ],
  ])('%s', async (_, bytes, what) => {
    const [issue] = (await inspectBytes(bytes)).issues;
    expect(issue && explainFinding(issue).what).toBe(what);
  });

  it.each<[string, Uint8Array, string]>([
    ['Mara.vrm', makeGlb(), 'The file is a binary glTF model (GLB or VRM), not an avatar bundle (.gab).'],
    [
      'lam.zip',
      buildZip(['skin.glb', 'offset.ply'].map((name) => ({ name, content: text('x') }))),
      'The file is a ZIP archive with a LAM avatar, not an avatar bundle (.gab).',
    ],
    ['a.html', text('<html><body>'), 'The file is a web page, not an avatar bundle (.gab).'],
    ['a.txt', text('some text'), "The file name doesn't end in .gab."],
    ['mara.zip', buildBundle(), "The file name doesn't end in .gab."],
  ])('under another name is about the file, not only about its name: %s', async (fileName, bytes, what) => {
    for (const policy of ['strict', 'lenient'] as const) {
      const [issue] = (await inspectBytes(bytes, { fileName, policy })).issues;
      expect([issue?.code, issue && explainFinding(issue).what]).toEqual(['GAB_E_EXTENSION', what]);
    }
  });

  it('names the type under the lenient policy too, where the file is stored', async () => {
    const whats = await Promise.all(
      [makeGlb(), buildZip([{ name: 'Mara.fbx', content: text('x') }])].map(async (bytes) => {
        const { issues, verdict } = await inspectBytes(bytes, { policy: 'lenient' });
        return [verdict, issues[0] && explainFinding(issues[0]).what];
      }),
    );
    const stored = 'It can be stored and downloaded, but has no preview.';
    expect(whats).toEqual([
      ['opaque', `The file is a binary glTF model (GLB or VRM). ${stored}`],
      ['opaque', `The file is a ZIP archive with a model in another format (Mara.fbx). ${stored}`],
    ]);
  });
});
