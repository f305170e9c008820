import type { LooseJson } from '../../../../support/vrm-json.ts';
import { Random } from '../../../fuzz/random.ts';

// Mutants of a model aim at its JSON and its data, one to three changes each. The container is
// packed again with correct lengths, so that the checks of the content are reached.

export interface ModelBase {
  readonly name: string;
  readonly format: 'glb' | 'vrm' | 'vrma' | 'ply' | 'spz';
  readonly bytes: Buffer;
  /** How many bytes of a splat, or of the data of a model, the check looks at; all of them otherwise. */
  readonly checkedBytes?: number;
}

export interface ModelMutant {
  /** Identifies it together with the seed. */
  readonly number: number;
  readonly base: ModelBase;
  readonly bytes: Buffer;
  /** The changes in words, for people who look for the reason of a failure. */
  readonly changes: readonly string[];
}

/** Where in the JSON of a model the changes are; anywhere, or only in the VRM data. */
export type Aim = 'anywhere' | 'vrm';

export interface MutantRequest {
  readonly bases: readonly ModelBase[];
  readonly aim: Aim;
  readonly seed: number;
  readonly number: number;
}

export function makeModelMutant({ bases, aim, seed, number }: MutantRequest): ModelMutant {
  const random = new Random(seed, number);
  const base = random.pick(bases);
  const isGlb = base.format !== 'ply' && base.format !== 'spz';
  return { number, base, ...(isGlb ? mutateGlb(base, aim, random) : mutateBytes(base, random)) };
}

type Mutated = Pick<ModelMutant, 'bytes' | 'changes'>;

/** Length of the header and of the head of a chunk, in bytes. */
const HEADER_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;

function mutateGlb({ bytes: glb, checkedBytes }: ModelBase, aim: Aim, random: Random): Mutated {
  const jsonAt = HEADER_BYTES + CHUNK_HEAD_BYTES;
  const jsonEnd = jsonAt + glb.readUInt32LE(HEADER_BYTES);
  const json: LooseJson = JSON.parse(glb.toString('utf8', jsonAt, jsonEnd));
  const data = Buffer.from(glb.subarray(jsonEnd + CHUNK_HEAD_BYTES));
  const changes: string[] = [];
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const isJson = aim === 'vrm' || checkedBytes === 0 || random.chance(0.92);
    changes.push(
      isJson ? changeJson(json, { aim, isCompressed: checkedBytes === 0 }, random) : changeData(data, random),
    );
  }
  return { bytes: packModel(json, data), changes };
}

function packModel(json: LooseJson, data: Buffer): Buffer {
  const text = Buffer.from(JSON.stringify(json));
  const padded = Buffer.concat([text, Buffer.alloc((4 - (text.byteLength % 4)) % 4, 0x20)]);
  const head = (length: number, type: string) => {
    const bytes = Buffer.from(`....${type}`, 'latin1');
    bytes.writeUInt32LE(length, 0);
    return bytes;
  };
  const chunks = [head(padded.byteLength, 'JSON'), padded, head(data.byteLength, 'BIN\0'), data];
  const start = Buffer.from('glTF\x02\0\0\0....', 'latin1');
  start.writeUInt32LE(HEADER_BYTES + chunks.reduce((sum, { byteLength }) => sum + byteLength, 0), 8);
  return Buffer.concat([start, ...chunks]);
}

interface Spot {
  readonly holder: LooseJson;
  readonly key: string | number;
  readonly pointer: string;
}

/** Every value inside the JSON, except the version that makes it a glTF 2. */
function spotsOf(value: LooseJson, pointer = ''): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys
    .filter((key) => key !== 'asset' && key !== 'buffers')
    .flatMap((key) => {
      const here = `${pointer}/${key}`;
      return [{ holder: value, key, pointer: here }, ...spotsOf(value[key], here)];
    });
}

/** Numbers that have to fit the compressed data, which only the loaders unpack. */
const DECODED = /KHR_draco_mesh_compression\/attributes\/.|^\/bufferViews\/\d+\/byte/;

/** Half of the changes are inside the extensions, where the loaders are least forgiving. */
function changeJson(
  json: LooseJson,
  { aim, isCompressed }: { readonly aim: Aim; readonly isCompressed: boolean },
  random: Random,
): string {
  const all = spotsOf(json).filter(({ pointer }) => !(isCompressed && DECODED.test(pointer)));
  const own = all.filter(({ pointer }) => pointer.includes('/extensions'));
  const isOwn = own.length > 0 && (aim === 'vrm' || random.chance(0.5));
  const spot = random.pick(isOwn ? own : all);
  const change = random.pick(JSON_CHANGES);
  return `${change.name} ${spot.pointer}: ${change.apply(spot, random)}`;
}

interface JsonChange {
  readonly name: string;
  readonly apply: (spot: Spot, random: Random) => string;
}

/** Wrong values of every type; numbers that may be counts stay small enough to be allocated. */
const ODD_VALUES: readonly unknown[] = [
  null,
  -1,
  0,
  1,
  2,
  7,
  99,
  0.5,
  1e6,
  true,
  false,
  '',
  'x',
  '1.0',
  [],
  {},
  [null],
  [0],
  [{}],
];

const put = (name: string, make: (old: unknown, random: Random) => unknown): JsonChange => ({
  name,
  apply: ({ holder, key }, random) => {
    holder[key] = make(holder[key], random);
    return JSON.stringify(holder[key])?.slice(0, 60) ?? 'undefined';
  },
});

const JSON_CHANGES: readonly JsonChange[] = [
  put('set', (_, random) => random.pick(ODD_VALUES)),
  put('step', (old, random) => (typeof old === 'number' ? old + random.pick([-1, 1, 1, 16]) : random.pick(ODD_VALUES))),
  put('repeat', (old) => (Array.isArray(old) ? [...old, ...old] : old)),
  put('drop last', (old) => (Array.isArray(old) ? old.slice(0, -1) : null)),
  put('reverse', (old) => (Array.isArray(old) ? old.toReversed() : [old])),
  put('rename', (old) => (typeof old === 'string' ? `${old}_` : String(old))),
  {
    name: 'remove',
    apply: ({ holder, key }) => {
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      return 'gone';
    },
  },
  {
    name: 'rename key',
    apply: ({ holder, key }) => {
      if (Array.isArray(holder)) return 'kept';
      holder[`${key}_`] = holder[key];
      delete holder[key];
      return `${key}_`;
    },
  },
];

/** NaN, infinity, the largest index, and any other bits in the binary part. */
const ODD_WORDS = [0x7fc00000, 0x7f800000, 0xffffffff, 0, 0x80000000];

function changeData(data: Buffer, random: Random): string {
  if (data.byteLength < 4) return 'no data to change';
  const at = 4 * random.below(Math.floor(data.byteLength / 4));
  const word = random.chance(0.7) ? random.pick(ODD_WORDS) : random.next();
  data.writeUInt32LE(word, at);
  return `data at ${at}: 0x${word.toString(16)}`;
}

/** Splats: cut, longer, or with other bits, mostly in their header. */
function mutateBytes({ bytes, checkedBytes = bytes.byteLength }: ModelBase, random: Random): Mutated {
  const changed = Buffer.from(bytes);
  if (random.chance(0.2)) {
    const length = random.below(bytes.byteLength);
    return { bytes: changed.subarray(0, length), changes: [`cut to ${length}`] };
  }
  if (random.chance(0.1)) return { bytes: Buffer.concat([changed, random.bytes(9)]), changes: ['nine bytes more'] };
  const at = random.below(random.chance(0.6) ? Math.min(40, checkedBytes) : checkedBytes);
  const value = random.below(256);
  changed.writeUInt8(value, at);
  return { bytes: changed, changes: [`byte ${at}: ${value}`] };
}
