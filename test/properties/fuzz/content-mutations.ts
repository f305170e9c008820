import { gunzipSync, gzipSync } from 'node:zlib';
import { changeEntry, type Draft, rehash } from './draft.ts';
import { type Random, trickyValue } from './random.ts';

// Changes inside one asset of a bundle. Container, hashes and checksums stay correct, so that the
// content checks are reached.

type Change = (content: Buffer, random: Random) => Buffer;

const flipBits: Change = (content, random) => {
  const changed = Buffer.from(content);
  for (let count = 1 + random.below(3); count > 0 && changed.byteLength > 0; count -= 1) {
    const at = random.below(Math.min(changed.byteLength, random.chance(0.7) ? 64 : changed.byteLength));
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << random.below(8)), at);
  }
  return changed;
};

const cut: Change = (content, random) => content.subarray(0, random.below(content.byteLength + 1));
const append: Change = (content, random) => Buffer.concat([content, random.bytes(1 + random.below(40))]);

/**
 * Changes a number in the first bytes, where formats store counts and lengths, in either byte
 * order.
 */
const headerNumber: Change = (content, random) => {
  const changed = Buffer.from(content);
  if (changed.byteLength < 4) return changed;
  const at = 4 * random.below(Math.min(10, Math.floor(changed.byteLength / 4)));
  const value = trickyValue(random, changed.readUInt32LE(at));
  if (random.chance(0.5)) changed.writeUInt32LE(value, at);
  else changed.writeUInt32BE(value, at);
  return changed;
};

const replaceText = (pairs: readonly (readonly [RegExp, string])[]): Change => {
  return (content, random) => {
    const [pattern, replacement] = random.pick(pairs);
    return Buffer.from(content.toString('latin1').replace(pattern, replacement), 'latin1');
  };
};

/** Replaces the JSON of a GLB and corrects its lengths. */
const glbJson: Change = (content, random) => {
  if (content.byteLength < 20) return content;
  const jsonEnd = 20 + content.readUInt32LE(12);
  const text = content.toString('utf8', 20, jsonEnd).trimEnd();
  const changed = random.pick([
    () => text.replace('{', '{"extensionsRequired":["ACME_magic"],'),
    () => text.replace('{', '{"images":[{"uri":"https://example.com/x.png"}],'),
    () => text.replace(/"count":\d+/, `"count":${random.pick([0, 1e9, 1e308, -1])}`),
    () => text.replace(/"byteLength":\d+/, `"byteLength":${trickyValue(random)}`),
    () => text.replace(/"version":"[^"]*"/, '"version":"1.0"'),
    () => text.replace(/"meshes":/, '"meshes":[null,1,{"primitives":{}}],"x":'),
    () => text.replace('{', `{"extras":${'['.repeat(80)}${']'.repeat(80)},`),
    () => text.replace('{', '{"extensions":{"VRMC_vrm":{},"VRM":[]},'),
    () => text.slice(0, random.below(text.length)),
    () => text.replace(/"/, "'"),
  ])();
  const json = Buffer.from(changed);
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.byteLength % 4)) % 4, 0x20)]);
  const head = Buffer.from(content.subarray(0, 20));
  // An earlier change may have made the length of the chunk wrong.
  head.writeUInt32LE((20 + padded.byteLength + content.byteLength - jsonEnd) >>> 0, 8);
  head.writeUInt32LE(padded.byteLength, 12);
  return Buffer.concat([head, padded, content.subarray(jsonEnd)]);
};

const plyHeader = replaceText([
  [/element vertex \d+/, 'element vertex 4000000000'],
  [/element vertex \d+/, 'element vertex 6'],
  [/element vertex \d+/, 'element vertex -1'],
  [/property float x/, 'property list uchar int x'],
  [/property float opacity\n/, ''],
  [/binary_little_endian/, 'ascii'],
  [/end_header/, 'element face 1\nend_header'],
  [/end_header/, 'end_headr'],
  [/ply\n/, 'ply\r\n'],
]);

/** Changes the header inside a gzip stream and compresses it again. */
const spzInside: Change = (content, random) => {
  try {
    return gzipSync(random.pick([headerNumber, flipBits, cut, append])(gunzipSync(content), random));
  } catch {
    // This version of the format consists of streams without gzip around them.
    return headerNumber(content, random);
  }
};

const anything: readonly Change[] = [flipBits, cut, append, headerNumber, (_, random) => random.bytes(40)];
const ofFormat: readonly (readonly [RegExp, readonly Change[]])[] = [
  [/\.(?:glb|vrm|vrma)$/, [glbJson, glbJson, headerNumber]],
  [/\.ply$/, [plyHeader]],
  [/\.spz$/, [spzInside]],
  [/\.(?:png|jpg|webp|wav|mp3|ogg)$/, [headerNumber, flipBits]],
  [
    /\.json$/,
    [
      replaceText([
        [/[[{]/, '{{'],
        [/\]/, ''],
        [/1/, '1e999'],
        [/^/, '\xef\xbb\xbf'],
        [/$/, '\0'],
      ]),
    ],
  ],
  [
    /\.(?:txt|md)$/,
    [
      replaceText([
        [/e/, '\0'],
        [/e/, '\xff\xfe'],
        [/^/, '<html><script>'],
        [/^/, 'PK\x03\x04'],
      ]),
    ],
  ],
];

/** Changes one or two assets and updates the manifest to match. */
export function mutateContent(draft: Draft, random: Random): void {
  const indices = draft.entries.flatMap(({ name }, index) =>
    /^(?:mimetype|manifest\.json)$/.test(name) ? [] : [index],
  );
  for (let count = 1 + random.below(2); count > 0; count -= 1) {
    const index = random.pick(indices);
    const entry = draft.entries[index];
    const own = ofFormat.find(([pattern]) => pattern.test(entry?.name ?? ''))?.[1] ?? [];
    const change = random.pick(own.length > 0 && random.chance(0.7) ? own : anything);
    changeEntry(draft, index, { content: change(Buffer.from(entry?.content ?? []), random) });
  }
  rehash(draft);
}
