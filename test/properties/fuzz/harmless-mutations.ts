import { constants, deflateRawSync } from 'node:zlib';
import type { ZipFields } from '../../support/zip-builder.ts';
import { C2PA_PATH, changeEntry, type Draft, FIRST_FREE_INDEX, manifestOf, setManifest } from './draft.ts';
import type { Random } from './random.ts';

// Changes that every reader must ignore: the mutant stays a valid bundle. Our reader is compared
// with other tools on these files, so they use everything that the profile allows.

const ALLOWED_EXTRAS = [0xd935, 0x5455, 0x7875, 0x000a];
const DEFLATE_FLAGS = [0, 1 << 1, 1 << 2, (1 << 1) | (1 << 2)];
const UTF8_FLAG = 1 << 11;
const MADE_BY = [0, 10, 20, 63, 0x0314, 0x031e, 0x0b17, 0x0714, 0x1317];
const ATTRIBUTES = [
  0, 0x20, 0x01, 0x80, 0x2820, 0x01800000, 0x81a40000, 0x81ed0000, 0x81a40020, 0x81a44000, 0x81a48020,
];
/** Deflating more than this for every mutant would take most of the run. */
const SLOW_BYTES = 300_000;
const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FILTERED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
];

/** Any legal DOS date and time; some tools reject illegal ones, which is not tested here. */
function timestamp(random: Random): Pick<ZipFields, 'time' | 'date'> {
  const [hour, minute, second] = [random.below(24), random.below(60), random.below(30)];
  const [year, month, day] = [random.below(128), 1 + random.below(12), 1 + random.below(28)];
  return { time: (hour << 11) | (minute << 5) | second, date: (year << 9) | (month << 5) | day };
}

function allowedExtra(random: Random): Buffer {
  const length = random.below(20);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(random.pick(ALLOWED_EXTRAS), 0);
  head.writeUInt16LE(length, 2);
  return Buffer.concat([head, Buffer.alloc(length)]);
}

function redress(draft: Draft, index: number, random: Random): void {
  const entry = draft.entries[index];
  if (!entry) return;
  const isMimetype = index === 0;
  const flags = isMimetype ? 0 : random.pick(DEFLATE_FLAGS) | (random.chance(0.3) ? UTF8_FLAG : 0);
  const extra = () => (!isMimetype && random.chance(0.3) ? allowedExtra(random) : new Uint8Array());
  const crc = entry.both?.crc32 === undefined ? {} : { crc32: entry.both.crc32 };
  changeEntry(draft, index, {
    both: { ...crc, ...timestamp(random), flags, versionNeeded: random.pick([10, 20, 45]) },
    // The two headers may carry different harmless extra fields.
    local: { extra: extra() },
    central: { extra: extra() },
    madeBy: random.pick(MADE_BY),
    externalAttributes: random.pick(ATTRIBUTES),
  });
}

/** Switches between stored and deflated, or deflates with other parameters. */
function recompress(draft: Draft, index: number, random: Random): void {
  const entry = draft.entries[index];
  // The format requires `mimetype` and the thumbnail to be stored.
  if (!entry || index === 0 || index === FIRST_FREE_INDEX - 1) return;
  if (random.chance(0.3) || entry.content.byteLength > SLOW_BYTES) {
    changeEntry(draft, index, { deflate: false });
    return;
  }
  const raw = deflateRawSync(entry.content, {
    level: random.below(10),
    strategy: random.pick(STRATEGIES),
    memLevel: 1 + random.below(9),
    windowBits: 9 + random.below(7),
  });
  // Above 64 KiB a ratio over 100 is an error; half of that keeps a safe distance.
  if (entry.content.byteLength < 50 * raw.byteLength) changeEntry(draft, index, { raw, deflate: true });
}

/** Reorders everything after the thumbnail; a C2PA store stays last. */
function reorder(draft: Draft, random: Random): void {
  const store = draft.entries.filter(({ name }) => name === C2PA_PATH);
  const free = draft.entries.slice(FIRST_FREE_INDEX).filter(({ name }) => name !== C2PA_PATH);
  draft.entries = [...draft.entries.slice(0, FIRST_FREE_INDEX), ...random.shuffle(free), ...store];
}

function rewriteManifest(draft: Draft, random: Random): void {
  const manifest = manifestOf(draft);
  const changed = {
    ...manifest,
    ...(random.chance(0.5) && { name: `Avatar ${random.next()} ${random.pick(['', 'Ä', 'アバター', '🙂'])}` }),
    ...(random.chance(0.5) && { description: 'x'.repeat(random.below(2000)) }),
    ...(random.chance(0.3) && { tags: Array.from({ length: random.below(17) }, (_, index) => `tag ${index}`) }),
    ...(random.chance(0.3) && { vendorField: { deep: [1, 2, 3] } }),
    ...(random.chance(0.3) && { extensions: { 'acme.note': { value: random.next() } } }),
    ...(random.chance(0.2) && { minRuntime: '9.0.0' }),
    ...(random.chance(0.3) && { assets: random.shuffle(manifest.assets as unknown[]) }),
  };
  const keys = random.chance(0.3) ? random.shuffle(Object.entries(changed)) : Object.entries(changed);
  setManifest(draft, JSON.stringify(Object.fromEntries(keys), null, random.below(3)));
}

export function mutateHarmlessly(draft: Draft, random: Random): void {
  if (random.chance(0.6)) rewriteManifest(draft, random);
  if (random.chance(0.4)) reorder(draft, random);
  draft.entries.forEach((_, index) => {
    if (random.chance(0.5)) redress(draft, index, random);
    if (random.chance(0.4)) recompress(draft, index, random);
  });
}
