import { constants, deflateRawSync } from 'node:zlib';
import type { EndFields, ZipFields } from '../../support/zip-builder.ts';
import { changeEntry, type Draft } from './draft.ts';
import { type Random, trickyValue } from './random.ts';

// Changes to the structure of the archive. Everything else stays valid, including checksums.

const NUMBER_FIELDS = [
  'versionNeeded',
  'flags',
  'method',
  'time',
  'date',
  'crc32',
  'compressedSize',
  'size',
] as const satisfies readonly (keyof ZipFields)[];
const SHORT_FIELDS: ReadonlySet<string> = new Set(['versionNeeded', 'flags', 'method', 'time', 'date']);
const END_FIELDS = [
  'disk',
  'directoryDisk',
  'entriesHere',
  'entries',
  'directorySize',
  'directoryOffset',
  'commentLength',
] as const satisfies readonly (keyof EndFields)[];
const EXTRA_IDS = [0x0001, 0x7075, 0x6375, 0x9901, 0x5455, 0xd935, 0x000a, 0x7875, 0xcafe];

const NAMES = [
  '../up.json',
  '/etc/passwd',
  'a\\b',
  'C:x',
  'con.json',
  'portrait/',
  'PORTRAIT/FACE.PNG',
  'mimetype',
  'manifest.json',
  'Manifest.json',
  'META-INF/x',
  'x\0.png',
  'a/b/c/d/e',
  '',
  '\u202egnp.exe',
  'data/ü.json',
  '__proto__',
];

type Change = (draft: Draft, random: Random) => void;

function someIndex(draft: Draft, random: Random): number {
  return random.below(draft.entries.length);
}

function extraField(random: Random): Buffer {
  const length = random.below(12);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(random.pick(EXTRA_IDS), 0);
  // Sometimes the declared length is wrong.
  head.writeUInt16LE(random.chance(0.8) ? length : random.below(0x10000), 2);
  return Buffer.concat([head, random.bytes(length)]);
}

const lieInHeader: Change = (draft, random) => {
  const index = someIndex(draft, random);
  const field = random.pick(NUMBER_FIELDS);
  const value = SHORT_FIELDS.has(field) ? trickyValue(random) & 0xffff : trickyValue(random);
  const side = random.pick(['both', 'local', 'central'] as const);
  changeEntry(draft, index, { [side]: { ...draft.entries[index]?.[side], [field]: value } });
};

const rename: Change = (draft, random) => {
  const name = Buffer.from(random.pick([...NAMES, ...draft.entries.map((entry) => entry.name)]));
  const side = random.pick(['both', 'local', 'central'] as const);
  changeEntry(draft, someIndex(draft, random), { [side]: { name } });
};

const addExtra: Change = (draft, random) => {
  const side = random.pick(['both', 'local', 'central'] as const);
  changeEntry(draft, someIndex(draft, random), { [side]: { extra: extraField(random) } });
};

const swapEntries: Change = (draft, random) => {
  const [left, right] = [someIndex(draft, random), someIndex(draft, random)];
  const [first, second] = [draft.entries[left], draft.entries[right]];
  if (first && second) [draft.entries[left], draft.entries[right]] = [second, first];
};

const swapContents: Change = (draft, random) => {
  const [left, right] = [someIndex(draft, random), someIndex(draft, random)];
  const [first, second] = [draft.entries[left]?.content, draft.entries[right]?.content];
  if (!first || !second) return;
  changeEntry(draft, left, { content: second });
  changeEntry(draft, right, { content: first });
};

const repeatEntry: Change = (draft, random) => {
  const entry = draft.entries[someIndex(draft, random)];
  if (entry) draft.entries.splice(random.below(draft.entries.length + 1), 0, entry);
};

const dropEntry: Change = (draft, random) => {
  draft.entries.splice(someIndex(draft, random), 1);
};

const addEntry: Change = (draft, random) => {
  const entry = { name: random.pick(NAMES), content: random.bytes(random.below(60)), deflate: random.chance(0.5) };
  draft.entries.splice(random.below(draft.entries.length + 1), 0, entry);
};

/**
 * The same entry with another deflate stream: truncated, with trailing bytes, with flush points, or
 * of other content.
 */
const otherStream: Change = (draft, random) => {
  const index = someIndex(draft, random);
  const content = draft.entries[index]?.content ?? Buffer.alloc(0);
  const honest = deflateRawSync(content, { level: random.below(10) });
  const raw = random.pick([
    () => Buffer.concat([honest, random.bytes(1 + random.below(20))]),
    () => honest.subarray(0, random.below(honest.byteLength)),
    () => deflateRawSync(content, { finishFlush: constants.Z_SYNC_FLUSH }),
    () => deflateRawSync(Buffer.concat([content, Buffer.from('x')])),
    () => Buffer.concat([Buffer.from([0x00, 0x00, 0x00, 0xff, 0xff]), honest]),
    () => random.bytes(honest.byteLength),
  ])();
  changeEntry(draft, index, { raw, deflate: true });
};

/** Zeros that inflate a thousandfold, with their true size or a smaller one in the header. */
const bomb: Change = (draft, random) => {
  const content = Buffer.alloc(random.pick([70_000, 1 << 20, 5 << 20]));
  const lie = random.chance(0.5) ? { both: { size: random.pick([1000, 65_536, 65_537]) } } : {};
  changeEntry(draft, someIndex(draft, random), { content, deflate: true, ...lie });
};

const hideBytes: Change = (draft, random) => {
  const change = random.pick([
    { gapBefore: random.bytes(1 + random.below(40)) },
    { onlyLocal: true },
    { comment: random.bytes(1 + random.below(20)) },
    { offset: trickyValue(random, 100) },
    { diskStart: random.below(0x10000) },
    {
      externalAttributes: random.pick([
        0x10, 0x08, 0x02, 0x400, 0xa1ff0000, 0x41ed0000, 0x21800000, 0x89a40000, 0x81a40000, 0x20,
      ]),
    },
  ]);
  changeEntry(draft, someIndex(draft, random), change);
};

const lieAtTheEnd: Change = (draft, random) => {
  const field = random.pick(END_FIELDS);
  const isLong = field === 'directorySize' || field === 'directoryOffset';
  const value = trickyValue(random, 100);
  draft.end = { ...draft.end, [field]: isLong ? value : value & 0xffff };
};

const manyEntries: Change = (draft, random) => {
  const count = random.pick([100, 252, 253, 300]);
  for (let index = 0; index < count; index += 1)
    draft.entries.push({ name: `data/${index}.json`, content: Buffer.from('{}') });
};

const changes: readonly Change[] = [
  lieInHeader,
  lieInHeader,
  lieInHeader,
  rename,
  addExtra,
  swapEntries,
  swapContents,
  repeatEntry,
  dropEntry,
  addEntry,
  otherStream,
  otherStream,
  hideBytes,
  lieAtTheEnd,
];
const rareChanges: readonly Change[] = [bomb, manyEntries];

/** One or two changes to the structure of the archive. */
export function mutateContainer(draft: Draft, random: Random): void {
  for (let count = 1 + random.below(2); count > 0; count -= 1) {
    random.pick(random.chance(0.97) ? changes : rareChanges)(draft, random);
  }
}
