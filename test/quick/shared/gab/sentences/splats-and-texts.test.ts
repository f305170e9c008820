import { expect, it } from 'vitest';
import { explainFinding } from '../../../../../shared/gab/explain-finding.ts';
import { buildBundle } from '../../../../support/bundle-builder.ts';
import { splat, text, withAsset, withManifestText } from '../../../../support/bundle-cases/broken-bundles.ts';
import { expectSentence, LFS_POINTER, type Mistake, shownBytes, typeOf } from '../../../../support/expect-sentence.ts';
import { inspectBytes } from '../../../../support/inspect-bytes.ts';
import { makeGlb, makePng } from '../../../../support/sample-assets.ts';
import { makePly, SPLAT_FIELDS } from '../../../../support/sample-splats.ts';

// Every common mistake in a splat, in JSON and in a text has its own sentence.

const data = (content: Buffer) => withAsset({ kind: 'data', format: 'json', path: 'data/d.json', content });
const plyText = (change: (ply: string) => string) => splat(text(change(makePly(1).toString('latin1'))));
const inSplat = (rest: string) => `The splat “splat/body.ply” can't be used: ${rest}.`;
const plyBytes = makePly(1).byteLength;

const mistakes: readonly Mistake[] = [
  [
    'a model as a splat',
    () => splat(makeGlb()),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('glb', 'ply'),
      what: '“splat/body.ply” should be a PLY splat, but is a binary glTF model (GLB or VRM).',
    },
  ],
  [
    'a manifest with a byte order mark',
    () => withManifestText((json) => `\ufeff${json}`),
    {
      code: 'GAB_E_MANIFEST_JSON',
      params: { reason: 'byte-order-mark' },
      what: "The manifest isn't valid: it starts with a byte order mark, which JSON must not have.",
    },
  ],
  [
    'data with a byte order mark',
    () => data(text('\xef\xbb\xbf[2,0,1]')),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: { reason: 'content', expected: 'json', detail: 'byte-order-mark' },
      what: "“data/d.json” isn't a JSON file that can be read: it starts with a byte order mark, which JSON must not have.",
    },
  ],
  [
    'data in UTF-16',
    () => data(Buffer.from('\ufeff{"a":1}', 'utf16le')),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: { detail: 'encoding' },
      what: "“data/d.json” isn't a JSON file that can be read: it isn't UTF-8 text.",
    },
  ],
  [
    'data that is a Git LFS pointer',
    () => data(LFS_POINTER),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('git-lfs-pointer', 'json'),
      what: '“data/d.json” should be a JSON file, but is a Git LFS pointer, a short text that stands for the real file.',
    },
  ],
  [
    'a picture as a text',
    () => withAsset({ kind: 'document', format: 'txt', path: 'docs/d.txt', content: makePng({ width: 8, height: 8 }) }),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('png', 'txt'),
      what: '“docs/d.txt” should be a text in UTF-8, but is a PNG picture.',
    },
  ],
  [
    'a splat whose header was converted to line ends of Windows',
    () => plyText((ply) => ply.replaceAll('\n', '\r\n')),
    {
      code: 'GAB_E_SPLAT',
      params: { reason: 'line-ends' },
      what: inSplat('its header has line ends of Windows (CR LF), so it was changed as if it were text'),
    },
  ],
  [
    'a mesh as a splat',
    () => splat(makePly(0, ['x', 'y', 'z'], ['element face 1', 'property list uchar int vertex_indices'])),
    {
      code: 'GAB_E_SPLAT',
      params: { reason: 'mesh' },
      what: '“splat/body.ply” is a mesh or a plain cloud of points, not a Gaussian splat.',
    },
  ],
  [
    'a compressed splat of SuperSplat',
    () => splat(makePly(0, ['min_x'], ['element chunk 1', 'property uint packed_position'])),
    {
      code: 'GAB_E_SPLAT',
      params: { reason: 'supersplat' },
      what: "“splat/body.ply” is a compressed splat of SuperSplat, which isn't supported.",
    },
  ],
  [
    'a splat as text',
    () => plyText((ply) => ply.replace('binary_little_endian', 'ascii')),
    { code: 'GAB_E_SPLAT', params: { reason: 'ascii' }, what: inSplat('it is text (ASCII) instead of binary') },
  ],
  [
    'a big-endian splat',
    () => plyText((ply) => ply.replace('little', 'big')),
    { code: 'GAB_E_SPLAT', params: { reason: 'big-endian' }, what: inSplat('its numbers are big-endian') },
  ],
  [
    'a splat with names of types that the runtime does not know',
    () => plyText((ply) => ply.replaceAll('property float', 'property float32')),
    {
      code: 'GAB_E_SPLAT',
      params: { reason: 'type', type: 'float32', property: 'x' },
      what: inSplat("its property “x” has the type “float32”, which the runtime doesn't read"),
    },
  ],
  [
    'a splat without opacity',
    () =>
      splat(
        makePly(
          1,
          SPLAT_FIELDS.filter((name) => name !== 'opacity'),
        ),
      ),
    {
      code: 'GAB_E_SPLAT',
      params: { reason: 'property', property: 'opacity' },
      what: inSplat("the property “opacity” is missing or isn't a “float”"),
    },
  ],
  [
    'a splat that is cut off',
    () => splat(makePly(1).subarray(0, -1)),
    {
      code: 'GAB_E_SPLAT',
      params: { reason: 'truncated' },
      what: inSplat(`it is cut off (it has ${shownBytes(plyBytes - 1)} of ${shownBytes(plyBytes)})`),
    },
  ],
];

it.each(mistakes)('names the mistake: %s', (_, bytes, sentence) => expectSentence(bytes(), sentence));

it('reports of older servers keep their sentences', () => {
  const what = (code: string, reason: string) =>
    explainFinding({ code, severity: 'error', path: 'a.glb', params: { reason } }).what;
  expect(what('GAB_E_GLB', 'length')).toBe("The model “a.glb” is damaged: its length doesn't match its header.");
  expect(what('GAB_E_GLB', 'buffer-length')).toContain("doesn't have the length that its description says");
  expect(what('GAB_E_SPLAT', 'header')).toBe("The splat “a.glb” can't be used: its header is damaged.");
});

it('a good bundle has no sentence', async () => {
  expect((await inspectBytes(buildBundle())).issues).toEqual([]);
});
