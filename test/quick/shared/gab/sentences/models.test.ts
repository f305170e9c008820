import { it } from 'vitest';
import { model, text } from '../../../../support/bundle-cases/broken-bundles.ts';
import { expectSentence, LFS_POINTER, type Mistake, shownBytes, typeOf } from '../../../../support/expect-sentence.ts';
import { makeGlb, OCULUS_MORPHS } from '../../../../support/sample-assets.ts';
import { buildZip } from '../../../../support/zip-builder.ts';

// Every common mistake in a model has its own sentence, and the sentence is true.

const talking = (json: Record<string, unknown> = {}) => makeGlb({ morphs: OCULUS_MORPHS, json });
const BINARY_BYTES = lengthOfBinary(talking());

/** The length of the binary chunk, which is the last one. */
function lengthOfBinary(glb: Buffer): number {
  return glb.readUInt32LE(20 + glb.readUInt32LE(12));
}

function changed(glb: Buffer, at: number, value: number): Buffer {
  glb.writeUInt32LE(value, at);
  return glb;
}

/** A GLB of one chunk with this text. */
function glbOfJson(json: Buffer): Buffer {
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.byteLength % 4)) % 4, ' ')]);
  const head = Buffer.from('glTF\x02\0\0\0........JSON', 'latin1');
  head.writeUInt32LE(padded.byteLength, 12);
  return changed(Buffer.concat([head, padded]), 8, 20 + padded.byteLength);
}

/** glTF 1.0: length and format of the content where glTF 2.0 has its first chunk. */
function oldGlb(): Buffer {
  const glb = glbOfJson(text('{"asset":{"version":"1.0"}}'));
  return changed(changed(glb, 4, 1), 16, 0);
}

const inModel = (rest: string) => `The model “model/body.glb” is damaged: ${rest}.`;
const whole = talking();

const mistakes: readonly Mistake[] = [
  [
    'an empty model',
    () => model(Buffer.alloc(0)),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('empty'),
      what: '“model/body.glb” should be a binary glTF model, but is empty.',
    },
  ],
  [
    'a web page as a VRM',
    () => model(text('<!DOCTYPE html><html><body>404</body></html>'), {}, 'vrm'),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('web-page', 'vrm'),
      what: '“model/body.vrm” should be a VRM model, but is a web page.',
    },
  ],
  [
    'a Git LFS pointer',
    () => model(LFS_POINTER),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('git-lfs-pointer'),
      what: '“model/body.glb” should be a binary glTF model, but is a Git LFS pointer, a short text that stands for the real file.',
    },
  ],
  [
    'a .gltf named .glb',
    () => model(text('{"asset":{"version":"2.0"}}')),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('gltf-text'),
      what: '“model/body.glb” should be a binary glTF model, but is a glTF model as text (.gltf).',
    },
  ],
  [
    'a ZIP named .glb',
    () => model(buildZip([{ name: 'a.txt', content: text('a') }])),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('zip'),
      what: '“model/body.glb” should be a binary glTF model, but is a ZIP archive.',
    },
  ],
  [
    'an FBX named .glb',
    () => model(text('Kaydara FBX Binary  \0\x1a\0')),
    {
      code: 'GAB_E_ASSET_TYPE',
      params: typeOf('fbx'),
      what: '“model/body.glb” should be a binary glTF model, but is an FBX model.',
    },
  ],
  [
    'glTF 1.0',
    () => model(oldGlb()),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'version', version: 1 },
      what: 'The model “model/body.glb” is glTF 1.0; only glTF 2.0 can be used.',
    },
  ],
  [
    'glTF 1.0 in a frame of 2.0',
    () => model(talking({ asset: { version: '1.0' } })),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'gltf-version', version: '1.0' },
      what: 'The model “model/body.glb” says that it is glTF “1.0”; only glTF 2.0 can be used.',
    },
  ],
  [
    'a download that was cut off',
    () => model(whole.subarray(0, -8)),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'truncated', declaredBytes: whole.byteLength, sizeBytes: whole.byteLength - 8 },
      what: inModel(`it is cut off (it has ${shownBytes(whole.byteLength - 8)} of ${shownBytes(whole.byteLength)})`),
    },
  ],
  [
    'a download that ends in its header',
    () => model(whole.subarray(0, 9)),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'header-end' },
      what: inModel('it is cut off in the middle of its header'),
    },
  ],
  [
    'bytes behind the model',
    () => model(Buffer.concat([whole, Buffer.alloc(4)])),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'trailing-data', declaredBytes: whole.byteLength, sizeBytes: whole.byteLength + 4 },
      what: inModel(
        `extra bytes follow its end (it has ${shownBytes(whole.byteLength + 4)} instead of ${shownBytes(whole.byteLength)})`,
      ),
    },
  ],
  [
    'a description over its limit',
    () => model(glbOfJson(text('{"asset":{"version":"2.0"}}'.padEnd(8 * 1024 * 1024 + 4)))),
    { code: 'GAB_E_GLB', params: { reason: 'json-size' }, what: inModel('its description is larger than 8 MiB') },
  ],
  [
    'a description with a byte order mark',
    () => model(glbOfJson(text('\xef\xbb\xbf{"asset":{"version":"2.0"}}'))),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'json', detail: 'byte-order-mark' },
      what: inModel("its description can't be read: it starts with a byte order mark, which JSON must not have"),
    },
  ],
  [
    'a description with a syntax error',
    () => model(glbOfJson(text('{"asset":}'))),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'json', detail: 'syntax', position: 9 },
      what: inModel("its description can't be read: syntax error at character 9"),
    },
  ],
  [
    'data shorter than described',
    () => model(talking({ buffers: [{ byteLength: BINARY_BYTES + 4 }] })),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'buffer-shorter', declaredBytes: BINARY_BYTES + 4, binaryBytes: BINARY_BYTES },
      what: inModel(
        `its data is shorter than its description says (${shownBytes(BINARY_BYTES)} instead of ${shownBytes(BINARY_BYTES + 4)})`,
      ),
    },
  ],
  [
    'data longer than described',
    () => model(talking({ buffers: [{ byteLength: BINARY_BYTES - 4 }] })),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'buffer-longer', declaredBytes: BINARY_BYTES - 4, binaryBytes: BINARY_BYTES },
      what: inModel(
        `its data is longer than its description says (${shownBytes(BINARY_BYTES)} instead of ${shownBytes(BINARY_BYTES - 4)})`,
      ),
    },
  ],
  [
    'no data',
    () => model(glbOfJson(text('{"asset":{"version":"2.0"},"buffers":[{"byteLength":4}]}'))),
    {
      code: 'GAB_E_GLB',
      params: { reason: 'buffer-missing', declaredBytes: 4 },
      what: inModel('its description mentions data that is not in the file'),
    },
  ],
];

it.each(mistakes)('names the mistake: %s', (_, bytes, sentence) => expectSentence(bytes(), sentence));
