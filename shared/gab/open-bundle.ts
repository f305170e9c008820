import type { ByteSource } from './byte-source.ts';
import type { BundleCodec } from './codec.ts';
import { type EntryFacts, readEntry } from './entry-reader.ts';
import { inspectBundle } from './inspect-bundle.ts';
import type { InspectOptions } from './inspection.ts';
import type { GabManifest } from './manifest/manifest.ts';
import { MANIFEST_PATH } from './manifest/read-manifest.ts';
import type { GabReport } from './report.ts';
import type { UnpackedEntry } from './unpacked-entry.ts';
import { ShortSourceError, WindowedReader } from './windowed-reader.ts';
import { STORED } from './zip/entry-rules.ts';
import type { LocatedEntry } from './zip/local-headers.ts';

/** One entry of an opened bundle. Sizes in bytes. */
export interface OpenedEntry {
  readonly path: string;
  /** Uncompressed. */
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly isStored: boolean;
  /** Of the uncompressed bytes, as measured by the check. */
  readonly sha256: string;
}

/**
 * A bundle that passed the complete check, with access to its bytes. The caller must keep the
 * source readable.
 */
export interface OpenBundle {
  readonly report: GabReport;
  readonly manifest: GabManifest;
  /** The manifest as it is in the file, with unknown fields, key order and formatting. */
  readonly manifestBytes: Uint8Array;
  /** In file order, with `mimetype` and `manifest.json`. */
  readonly entries: readonly OpenedEntry[];
  /**
   * Returns the bytes of an entry in a new buffer. Like `readAsset`, rejects with
   * `BundleReadError`.
   */
  readEntry(path: string): Promise<Uint8Array>;
  /** Returns the bytes of an asset by its ID. */
  readAsset(id: string): Promise<Uint8Array>;
}

export type OpenBundleResult =
  | { readonly ok: true; readonly bundle: OpenBundle }
  | { readonly ok: false; readonly report: GabReport };

/**
 * `missing`: there is no such entry or asset. `changed`: the source no longer has the bytes that
 * were checked.
 */
export type BundleReadFault = 'missing' | 'changed';

export class BundleReadError extends Error {
  override name = 'BundleReadError';
  readonly fault: BundleReadFault;
  readonly path: string;

  constructor(fault: BundleReadFault, path: string) {
    super(fault === 'missing' ? `the bundle has no ${path}` : `${path} changed after the bundle was checked`);
    this.fault = fault;
    this.path = path;
  }
}

/**
 * Checks a file completely and opens it for reading if it is a valid bundle, even with warnings.
 * Every read inflates the entry and compares size, CRC-32 and SHA-256 with those of the check, so
 * unchecked bytes are never returned, even if the file changes. An entry has at most 64 MiB, and
 * only the one that is being read is in memory. Rejects if the source does, or if it changes during
 * the check.
 */
export async function openBundle(source: ByteSource, options: InspectOptions): Promise<OpenBundleResult> {
  let unpacked: ReadonlyMap<string, UnpackedEntry> = new Map();
  const onEntries = (entries: ReadonlyMap<string, UnpackedEntry>) => {
    unpacked = entries;
    options.onEntries?.(entries);
  };
  const report = await inspectBundle(source, { ...options, onEntries });
  const { manifest } = report;
  const isOpen = report.container === 'gab' && report.verdict !== 'invalid' && manifest !== undefined;
  if (!isOpen) return { ok: false, report };
  const entries = verifiedEntries(unpacked);
  const read = (path: string) => readVerified({ source, codec: options.codec }, entries.get(path), path);
  const manifestBytes = await read(MANIFEST_PATH);
  const bundle: OpenBundle = {
    report,
    manifest,
    manifestBytes,
    entries: [...entries.values()].map(describeEntry),
    readEntry: read,
    readAsset: (id) => {
      const asset = manifest.assets.find((candidate) => candidate.id === id);
      return asset ? read(asset.path) : Promise.reject(new BundleReadError('missing', id));
    },
  };
  return { ok: true, bundle };
}

interface VerifiedEntry {
  readonly entry: LocatedEntry;
  readonly facts: EntryFacts;
}

/** In file order: the check reads the manifest before the others. */
function verifiedEntries(unpacked: ReadonlyMap<string, UnpackedEntry>): ReadonlyMap<string, VerifiedEntry> {
  const inFileOrder = [...unpacked].toSorted(([, left], [, right]) => left.entry.offset - right.entry.offset);
  return new Map(inFileOrder.flatMap(([path, { entry, facts }]) => (facts ? [[path, { entry, facts }] as const] : [])));
}

function describeEntry({ entry, facts }: VerifiedEntry): OpenedEntry {
  return {
    path: entry.name,
    sizeBytes: facts.sizeBytes,
    compressedBytes: entry.compressedSize,
    isStored: entry.method === STORED,
    sha256: facts.sha256,
  };
}

async function readVerified(
  { source, codec }: { readonly source: ByteSource; readonly codec: BundleCodec },
  verified: VerifiedEntry | undefined,
  path: string,
): Promise<Uint8Array> {
  if (!verified) throw new BundleReadError('missing', path);
  const bytes = new Uint8Array(verified.facts.sizeBytes);
  let filled = 0;
  // A separate reader: a concurrent read must not invalidate the views of this one.
  const reading = await readEntry({ reader: new WindowedReader(source), codec }, verified.entry, (piece) => {
    bytes.set(piece, filled);
    filled += piece.byteLength;
  }).catch(refuseShortSource);
  const isSame = reading?.facts && reading.facts.sha256 === verified.facts.sha256;
  if (!isSame || reading.facts.crc32 !== verified.facts.crc32) throw new BundleReadError('changed', path);
  return bytes;
}

function refuseShortSource(error: unknown): null {
  if (error instanceof ShortSourceError) return null;
  throw error;
}
