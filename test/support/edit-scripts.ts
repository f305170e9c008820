import { constants, deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { createCutFinder, flushCuts } from '../../shared/gab/content-cuts.ts';
import { buildManifest, portraitAsset, thumbnailAsset } from './bundle-builder.ts';
import { noise } from './sample-assets.ts';
import { buildZip, type ZipEntry } from './zip-builder.ts';

// Edits that designers and their tools make between two versions of a bundle, as scripts generated
// from a seed.

/** How an entry is packed: the same content gives different bytes in the file. */
export const packings = ['stored', 'fast', 'usual', 'best', 'huffman', 'flushed'] as const;
export type Packing = (typeof packings)[number];

/** One file of a bundle that is being edited. */
export interface DraftEntry {
  /** Stays when the path changes. */
  readonly id: string;
  readonly path: string;
  readonly content: Buffer;
  readonly packing: Packing;
  /** DOS date and time in one number. */
  readonly modified: number;
}

export type Edit =
  | { readonly kind: 'replace'; readonly which: number; readonly sizeBytes: number; readonly grain: number }
  | { readonly kind: 'patch'; readonly which: number; readonly at: number; readonly grain: number }
  | { readonly kind: 'add'; readonly sizeBytes: number; readonly grain: number; readonly packing: Packing }
  | { readonly kind: 'delete'; readonly which: number }
  | { readonly kind: 'rename'; readonly which: number; readonly to: number }
  | { readonly kind: 'reorder'; readonly by: number }
  | { readonly kind: 'redeflate'; readonly which: number; readonly packing: Packing }
  | { readonly kind: 'touch'; readonly modified: number };

export const editKinds = ['replace', 'patch', 'add', 'delete', 'rename', 'reorder', 'redeflate', 'touch'] as const;

const which = fc.nat(40);
const grain = fc.integer({ min: 1, max: 1_000_000 });
// Below 64 bytes an entry is part of the skeleton, from 64 KiB on it is compared chunk by chunk.
const sizeBytes = fc.oneof(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 100, max: 180_000 }));
const packing = fc.constantFrom(...packings);

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), which, sizeBytes, grain }),
  fc.record({ kind: fc.constant('patch' as const), which, at: fc.nat(170_000), grain }),
  fc.record({ kind: fc.constant('add' as const), sizeBytes, grain, packing }),
  fc.record({ kind: fc.constant('delete' as const), which }),
  fc.record({ kind: fc.constant('rename' as const), which, to: fc.nat(1_000_000) }),
  fc.record({ kind: fc.constant('reorder' as const), by: fc.nat(1_000_000) }),
  fc.record({ kind: fc.constant('redeflate' as const), which, packing }),
  fc.record({ kind: fc.constant('touch' as const), modified: fc.nat(0x7fff_ffff) }),
);

/** One to five edits, one after the other. */
export const editScript: fc.Arbitrary<readonly Edit[]> = fc.array(edit, { minLength: 1, maxLength: 5 });

/** Text that deflates to about half of its size, the same for the same grain. */
function textOf(size: number, seed: number): Buffer {
  return Buffer.from(
    noise(Math.ceil(size / 2), seed)
      .toString('hex')
      .slice(0, size),
  );
}

/** A bundle of small and large texts, deflated in all ways. */
export const baseDraft: readonly DraftEntry[] = [160_000, 140_000, 70_000, 20_000, 300, 40].map((size, index) => ({
  id: `text-${index}`,
  path: `docs/text-${index}.txt`,
  content: textOf(size, 77 + index),
  packing: packings[index % packings.length] ?? 'stored',
  modified: 0x21_0000,
}));

/**
 * Applies a script to a draft. Never deletes the last entry, because bundles without entries are
 * tested elsewhere.
 */
export function runScript(draft: readonly DraftEntry[], script: readonly Edit[]): readonly DraftEntry[] {
  return script.reduce(applyEdit, draft);
}

function applyEdit(draft: readonly DraftEntry[], change: Edit): readonly DraftEntry[] {
  if (change.kind === 'add') return [...draft, added(change)].filter(isFirstOfItsPath);
  if (change.kind === 'reorder') return reordered(draft, change.by);
  if (change.kind === 'touch') return draft.map((entry) => ({ ...entry, modified: change.modified }));
  const index = change.which % draft.length;
  const entry = draft[index];
  if (entry === undefined) return draft;
  if (change.kind === 'delete') return draft.length === 1 ? draft : draft.toSpliced(index, 1);
  return draft.with(index, { ...entry, ...changesOf(entry, change) });
}

type SingleEdit = Extract<Edit, { kind: 'replace' | 'patch' | 'rename' | 'redeflate' }>;

function changesOf({ content }: DraftEntry, change: SingleEdit): Partial<DraftEntry> {
  if (change.kind === 'replace') return { content: textOf(change.sizeBytes, change.grain) };
  if (change.kind === 'rename') return { path: `docs/renamed-${change.to}.txt` };
  if (change.kind === 'redeflate') return { packing: change.packing };
  const patched = Buffer.from(content);
  textOf(60, change.grain).copy(patched, change.at % content.byteLength);
  return { content: patched };
}

function added({ sizeBytes: size, grain: seed, packing: how }: Extract<Edit, { kind: 'add' }>): DraftEntry {
  const id = `text-${seed}-${size}`;
  return { id, path: `docs/${id}.txt`, content: textOf(size, seed), packing: how, modified: 0x21_0000 };
}

function isFirstOfItsPath(entry: DraftEntry, index: number, all: readonly DraftEntry[]): boolean {
  return all.findIndex(({ path }) => path === entry.path) === index;
}

function reordered(draft: readonly DraftEntry[], by: number): readonly DraftEntry[] {
  if (by % 2 === 0) return draft.toReversed();
  const turn = by % draft.length;
  return [...draft.slice(turn), ...draft.slice(0, turn)];
}

const findFlushCut = createCutFinder(flushCuts);

/** Deflated with a full flush at every content-defined cut, as the product's writer does. */
function deflateFlushed(content: Buffer): Buffer {
  const segments: Buffer[] = [];
  for (let start = 0; start < content.byteLength; ) {
    const end = findFlushCut(content, start, content.byteLength);
    const finishFlush = end === content.byteLength ? constants.Z_FINISH : constants.Z_FULL_FLUSH;
    segments.push(deflateRawSync(content.subarray(start, end), { finishFlush }));
    start = end;
  }
  return Buffer.concat(segments);
}

const deflaters: Readonly<Record<Exclude<Packing, 'stored'>, (content: Buffer) => Buffer>> = {
  fast: (content) => deflateRawSync(content, { level: 1 }),
  usual: (content) => deflateRawSync(content),
  best: (content) => deflateRawSync(content, { level: 9, memLevel: 9 }),
  huffman: (content) => deflateRawSync(content, { strategy: constants.Z_HUFFMAN_ONLY }),
  flushed: deflateFlushed,
};

const packed = new WeakMap<Buffer, Map<Packing, Buffer>>();

/** The packed bytes of an entry. They are cached, because most entries are in many versions. */
function rawOf({ content, packing: how }: DraftEntry): Buffer {
  if (how === 'stored') return content;
  const byPacking = packed.get(content) ?? new Map<Packing, Buffer>();
  packed.set(content, byPacking);
  const raw = byPacking.get(how) ?? deflaters[how](content);
  byPacking.set(how, raw);
  return raw;
}

const pictures = [thumbnailAsset(), portraitAsset()];

export interface PackedDraft {
  readonly file: Buffer;
  /** Every entry's packed bytes. */
  readonly raws: readonly Buffer[];
  readonly manifestBytes: number;
}

/** A valid bundle. The manifest lists its files by id: another order in the archive does not change it. */
export function packDraft(draft: readonly DraftEntry[]): PackedDraft {
  const texts = draft.map(({ id, path, content }) => ({ id, kind: 'document', format: 'txt', path, content }));
  const assets = [...pictures, ...texts.toSorted((one, other) => (one.id < other.id ? -1 : 1))];
  const manifest = Buffer.from(JSON.stringify(buildManifest({}, assets)));
  const head: ZipEntry[] = [
    { name: 'mimetype', content: Buffer.from('application/vnd.generative-avatar-bundle+zip') },
    { name: 'manifest.json', content: manifest },
    ...pictures.map(({ path, content }) => ({ name: path, content })),
  ];
  const entries = draft.map((entry): ZipEntry => {
    const raw = rawOf(entry);
    const both = { date: entry.modified >>> 16, time: entry.modified & 0xffff };
    return { name: entry.path, content: entry.content, deflate: entry.packing !== 'stored', raw, both };
  });
  const file = buildZip([...head, ...entries]);
  const raws = [...head.map(({ content }) => Buffer.from(content)), ...draft.map(rawOf)];
  return { file, raws, manifestBytes: manifest.byteLength };
}

/** Above this share the whole file is sent. */
const WHOLE_FILE_SHARE = 0.95;

/**
 * The most bytes of a file that may have to be sent: those of entries that `before` does not
 * contain unchanged, or the whole file if that is nearly everything.
 */
export function mostBytesToSend(before: PackedDraft, after: PackedDraft): number {
  const oldRaws = new Set(before.raws.map((raw) => raw.toString('latin1')));
  const fresh = after.raws.reduce((sum, raw) => sum + (oldRaws.has(raw.toString('latin1')) ? 0 : raw.byteLength), 0);
  return fresh > WHOLE_FILE_SHARE * after.file.byteLength ? after.file.byteLength : fresh;
}
