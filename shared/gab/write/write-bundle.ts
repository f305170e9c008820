import { fail, ok, type Result } from '../../lib/result.ts';
import { type ByteSource, bytesSource } from '../byte-source.ts';
import type { BundleCodec } from '../codec.ts';
import { listAt, textAt } from '../content/untyped.ts';
import { FindingList } from '../finding-list.ts';
import { inspectBundle } from '../inspect-bundle.ts';
import { GAB_MEDIA_TYPE, MAX_FILE_BYTES, MAX_MANIFEST_BYTES } from '../limits.ts';
import { MANIFEST_PATH, readManifest } from '../manifest/read-manifest.ts';
import type { GabFinding, GabReport } from '../report.ts';
import { C2PA_PATH } from '../unpack-entries.ts';
import { encodeManifestDocument, type ManifestDocument } from './manifest-document.ts';
import { OutputBuffer } from './output-buffer.ts';
import {
  type Deflating,
  type EntryToWrite,
  type Measured,
  measure,
  type WriteTools,
  writeEntry,
} from './write-entry.ts';
import { type PlanInput, type PlannedAsset, planAssets } from './write-rules.ts';
import { centralRecord, endRecord, type WrittenEntry } from './zip-records.ts';

export type { WriteTools } from './write-entry.ts';

export interface WriteRequest extends PlanInput {
  /**
   * A C2PA manifest store to keep. It is written last and unchanged; whether it still matches the
   * file is not checked.
   */
  readonly credentials?: ByteSource;
}

export interface WrittenBundle {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The complete strict check of `bytes`: valid, possibly with warnings. */
  readonly report: GabReport;
}

/** Why nothing was written; contains at least one error. */
export interface WriteRefusal {
  readonly findings: readonly GabFinding[];
}

/**
 * Writes a bundle exactly to the profile (gab-format 2.1, 2.2): sizes and hashes of the assets are
 * computed and put into the manifest; the rest of the manifest is kept. The same input gives the
 * same bytes with the same zlib. The output is read again by the complete strict check, so an
 * invalid bundle is never returned. Holds the file in memory (50 MiB at most), and about 1 MiB of
 * each source. Sources are read twice. Rejects only if a source does.
 */
export async function writeBundle(
  request: WriteRequest,
  tools: WriteTools,
): Promise<Result<WrittenBundle, WriteRefusal>> {
  const findings = new FindingList();
  const planned = planAssets(request, findings);
  if (findings.hasErrors) return fail({ findings: findings.toReport() });
  const measured = await measureAssets(planned, tools.codec);
  const manifestBytes = completeManifest(request.manifest, measured);
  checkManifest(manifestBytes, findings);
  if (findings.hasErrors) return fail({ findings: findings.toReport() });
  const entries = await listEntries({ manifestBytes, measured, credentials: request.credentials }, tools.codec);
  const { encoder } = tools;
  // Flush points cost a few percent, so a bundle that is only just small enough is written without
  // them.
  const bytes =
    (await writeFile(entries, { encoder, isFlushed: true })) ??
    (await writeFile(entries, { encoder, isFlushed: false }));
  if (!bytes) {
    findings.add('GAB_E_FILE_TOO_LARGE', { params: { sizeBytes: MAX_FILE_BYTES + 1, maxBytes: MAX_FILE_BYTES } });
    return fail({ findings: findings.toReport() });
  }
  const options = { fileName: 'written.gab', policy: 'strict', codec: tools.codec } as const;
  const report = await inspectBundle(bytesSource(bytes), options);
  return report.verdict === 'invalid' ? fail({ findings: report.issues }) : ok({ bytes, report });
}

function checkManifest(bytes: Uint8Array, findings: FindingList): void {
  if (bytes.byteLength <= MAX_MANIFEST_BYTES) readManifest(bytes, findings);
  else {
    const params = { sizeBytes: bytes.byteLength, maxBytes: MAX_MANIFEST_BYTES };
    findings.add('GAB_E_MANIFEST_SIZE', { path: MANIFEST_PATH, params });
  }
}

type MeasuredAssets = readonly (PlannedAsset & Measured)[];

async function measureAssets(planned: readonly PlannedAsset[], codec: BundleCodec): Promise<MeasuredAssets> {
  const measured: (PlannedAsset & Measured)[] = [];
  for (const asset of planned) measured.push({ ...asset, ...(await measure(asset.source, codec)) });
  return measured;
}

/**
 * Returns the manifest with the size and hash of every asset. Existing fields keep their position.
 */
function completeManifest(manifest: ManifestDocument, measured: MeasuredAssets): Uint8Array {
  const facts = new Map(measured.map(({ path, source, sha256 }) => [path, { size: source.size, sha256 }]));
  const assets = listAt(manifest, 'assets').map((asset) =>
    typeof asset === 'object' && asset !== null ? { ...asset, ...facts.get(textAt(asset, 'path') ?? '') } : asset,
  );
  return encodeManifestDocument({ ...manifest, ...(Array.isArray(manifest.assets) && { assets }) });
}

interface EntryParts {
  readonly manifestBytes: Uint8Array;
  readonly measured: MeasuredAssets;
  readonly credentials: ByteSource | undefined;
}

async function listEntries({ manifestBytes, measured, credentials }: EntryParts, codec: BundleCodec) {
  const ofBytes = async (path: string, bytes: Uint8Array, deflate: boolean): Promise<EntryToWrite> => {
    const source = bytesSource(bytes);
    return { path, source, deflate, crc32: (await measure(source, codec)).crc32 };
  };
  return [
    await ofBytes('mimetype', new TextEncoder().encode(GAB_MEDIA_TYPE), false),
    await ofBytes(MANIFEST_PATH, manifestBytes, true),
    ...measured,
    // C2PA rule A.6 wants the CRC field of its store to be 0.
    ...(credentials ? [{ path: C2PA_PATH, source: credentials, deflate: false, crc32: 0 }] : []),
  ];
}

/** Returns the file, or `null` if it would be too large for a bundle. */
async function writeFile(
  entries: readonly EntryToWrite[],
  deflating: Deflating,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const output = new OutputBuffer(MAX_FILE_BYTES);
  const written: { readonly entry: WrittenEntry; readonly offset: number }[] = [];
  for (const entry of entries) {
    const offset = output.length;
    const done = await writeEntry(output, entry, deflating);
    if (!done) return null;
    written.push({ entry: done, offset });
  }
  const directoryAt = output.length;
  const records = written.map(({ entry, offset }) => centralRecord(entry, offset));
  if (!records.every((record) => output.append(record))) return null;
  const end = { entries: written.length, sizeBytes: output.length - directoryAt, offset: directoryAt };
  return output.append(endRecord(end)) ? output.finish() : null;
}
