import { crc32, deflateSync } from 'node:zlib';

// Small valid pictures, models and sounds, generated with the same bytes on every run.

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.byteLength, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export interface PngOptions {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, 0-255, so that two versions of a bundle look different. */
  readonly color?: readonly [number, number, number];
  /** Instead of the compressed pixels; the picture cannot be decoded then. */
  readonly pixels?: Uint8Array;
  readonly extraChunks?: readonly { readonly type: string; readonly data: Uint8Array }[];
}

/** A picture of one color. */
export function makePng({ width, height, color = [96, 128, 192], extraChunks = [], pixels }: PngOptions): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from(color))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...extraChunks.map(({ type, data }) => pngChunk(type, data)),
    pngChunk('IDAT', pixels ?? deflateSync(rows)),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

/** Bytes that do not compress, the same for the same seed (xorshift32). */
export function noise(byteLength: number, seed = 1): Buffer {
  const words = new Uint32Array(Math.ceil(byteLength / 4));
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return Buffer.from(words.buffer, 0, byteLength);
}

/** A mono 16 kHz sound of exactly `byteLength` bytes (at least 46) of noise. */
export function makeWav(byteLength: number, seed = 1): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(byteLength - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.set([1, 0, 1, 0], 20);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(16_000, 28);
  header.set([1, 0, 8, 0], 32);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(byteLength - 44, 40);
  return Buffer.concat([header, noise(byteLength - 44, seed)]);
}

export interface GlbOptions {
  /** Names of the morph targets of its one mesh. */
  readonly morphs?: readonly string[];
  /** Names of its animation clips. */
  readonly clips?: readonly string[];
  /** Merged into the top level of the JSON. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** The binary part; a triangle with its morphs needs 36 bytes. */
  readonly binary?: Uint8Array;
}

function glbChunk(type: number, data: Uint8Array, filler: number): Buffer {
  const padding = Buffer.alloc((4 - (data.byteLength % 4)) % 4, filler);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(data.byteLength + padding.byteLength, 0);
  head.writeUInt32LE(type, 4);
  return Buffer.concat([head, data, padding]);
}

function triangleJson({ morphs = [], clips = [], json }: GlbOptions, byteLength: number) {
  const targets = morphs.map(() => ({ POSITION: 0 }));
  const primitive = { attributes: { POSITION: 0 }, ...(targets.length > 0 && { targets }) };
  const mesh = { primitives: [primitive], ...(targets.length > 0 && { extras: { targetNames: morphs } }) };
  // An animation reads its two times, 0 and 1, and the places for them from the triangle, too.
  const times = { bufferView: 0, byteOffset: 8, componentType: 5126, count: 2, type: 'SCALAR', min: [0], max: [1] };
  const places = { bufferView: 0, componentType: 5126, count: 2, type: 'VEC3', min: [0, 0, 0], max: [1, 0, 0] };
  const sampler = { input: 1, output: 2 };
  return {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [mesh],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] },
      ...(clips.length > 0 ? [times, places] : []),
    ],
    bufferViews: [{ buffer: 0, byteLength: 36 }],
    buffers: [{ byteLength }],
    ...(clips.length > 0 && {
      animations: clips.map((name) => ({
        name,
        samplers: [sampler],
        channels: [{ sampler: 0, target: { node: 0, path: 'translation' } }],
      })),
    }),
    ...json,
  };
}

/** A self-contained binary glTF: one triangle with the given morphs, clips and trailing bytes. */
export function makeGlb(options: GlbOptions = {}): Buffer {
  const triangle = Buffer.from(new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]).buffer);
  const binary = options.binary ? Buffer.concat([triangle, options.binary]) : triangle;
  const json = Buffer.from(JSON.stringify(triangleJson(options, binary.byteLength)));
  const chunks = Buffer.concat([glbChunk(0x4e4f534a, json, 0x20), glbChunk(0x004e4942, binary, 0)]);
  const head = Buffer.alloc(12);
  head.write('glTF', 0, 'latin1');
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(12 + chunks.byteLength, 8);
  return Buffer.concat([head, chunks]);
}

/** The morph names of the Oculus viseme set, as most avatar makers write them. */
export const OCULUS_MORPHS: readonly string[] = 'sil PP FF TH DD kk CH SS nn RR aa E I O U'
  .split(' ')
  .map((viseme) => `viseme_${viseme}`);
