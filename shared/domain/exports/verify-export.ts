import type { FileTree, FoundFile, StopSignal } from '../../lib/file-tree.ts';
import { parseSums } from '../../lib/sha256-sums.ts';
import { MIB } from '../../lib/sizes.ts';
import { contentOf } from './export-layout.ts';
import { isPathInside, MANIFEST_FILE, SUMS_FILE } from './export-paths.ts';
import { type ExportManifest, readExportManifest } from './manifest.ts';

/** Of `manifest.json` and `SHA256SUMS`: a million files. Larger ones are not ours. */
const MAX_DOCUMENT_BYTES = 512 * MIB;

/** Something that is wrong with an export. Codes are stable, for scripts. */
export type ExportFinding =
  /** `SHA256SUMS` or `manifest.json` is not there. */
  | { readonly code: 'no_sums' | 'no_manifest' }
  /** A line of `SHA256SUMS`, from 1 on, is not a sum. */
  | { readonly code: 'bad_line'; readonly line: number }
  | {
      readonly code: 'bad_manifest';
      readonly reason: 'damaged' | 'not_json' | 'not_an_export' | 'newer' | 'invalid';
      readonly detail?: string;
    }
  | {
      /**
       * `missing`: listed, but not there. `different`: the content is not the one that is listed.
       * `damaged`: the content cannot be read, as in a ZIP with a wrong CRC-32. `extra`: there, but
       * not listed. `unsafe_path`: leaves the folder, or names a file in more than one way.
       * `not_a_file`: a link or a device. `repeated`: there or listed twice. `unlisted`: in the
       * manifest, but not in `SHA256SUMS`. `contradiction`: the manifest has another hash for it
       * than `SHA256SUMS`.
       */
      readonly code:
        | 'missing'
        | 'different'
        | 'damaged'
        | 'extra'
        | 'unsafe_path'
        | 'not_a_file'
        | 'repeated'
        | 'unlisted'
        | 'contradiction';
      readonly path: string;
    };

export interface VerifiedExport {
  readonly findings: readonly ExportFinding[];
  /** Files whose content is the one that `SHA256SUMS` lists. */
  readonly goodFiles: number;
  readonly goodBytes: number;
  /** Null if it cannot be read. */
  readonly manifest: ExportManifest | null;
}

export interface VerifyOptions {
  readonly signal?: StopSignal;
  /** Called after each file. */
  readonly onProgress?: (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void;
}

/**
 * Compares a folder or a ZIP with its own `SHA256SUMS` and `manifest.json`: every file, nothing but
 * these files, and no path that leads elsewhere. Rejects with the system's errors and with the
 * reason of the signal.
 */
export async function verifyExport(tree: FileTree, options: VerifyOptions = {}): Promise<VerifiedExport> {
  const findings: ExportFinding[] = [];
  const found = indexFiles(tree.files, findings);
  const sums = await readSums(tree, found, findings);
  const manifest = await readManifest(tree, found, findings);
  if (manifest && sums) compareWithManifest(manifest, sums, findings);
  const good = sums ? await compareFiles({ tree, found, sums, options }, findings) : { files: 0, bytes: 0 };
  if (sums) {
    for (const path of found.keys()) if (path !== SUMS_FILE && !sums.has(path)) findings.push({ code: 'extra', path });
  }
  return { findings, goodFiles: good.files, goodBytes: good.bytes, manifest };
}

/** The ordinary files by their paths. */
function indexFiles(files: readonly FoundFile[], findings: ExportFinding[]): Map<string, FoundFile> {
  const found = new Map<string, FoundFile>();
  for (const file of files) {
    const { path, isFile } = file;
    if (!isPathInside(path)) findings.push({ code: 'unsafe_path', path });
    else if (!isFile) findings.push({ code: 'not_a_file', path });
    else if (found.has(path)) findings.push({ code: 'repeated', path });
    else found.set(path, file);
  }
  return found;
}

type Sums = ReadonlyMap<string, string>;

async function readSums(
  tree: FileTree,
  found: ReadonlyMap<string, FoundFile>,
  findings: ExportFinding[],
): Promise<Sums | null> {
  const file = found.get(SUMS_FILE);
  if (!file) findings.push({ code: 'no_sums' });
  const bytes = file && (await tree.read(file, MAX_DOCUMENT_BYTES));
  if (file && !bytes) findings.push({ code: 'damaged', path: SUMS_FILE });
  if (!bytes) return null;
  const parsed = parseSums(new TextDecoder().decode(bytes));
  for (const line of parsed.badLines) findings.push({ code: 'bad_line', line });
  const sums = new Map<string, string>();
  for (const { path, sha256 } of parsed.sums) {
    if (!isPathInside(path)) findings.push({ code: 'unsafe_path', path });
    else if (sums.has(path)) findings.push({ code: 'repeated', path });
    else sums.set(path, sha256);
  }
  return sums;
}

async function readManifest(
  tree: FileTree,
  found: ReadonlyMap<string, FoundFile>,
  findings: ExportFinding[],
): Promise<ExportManifest | null> {
  const file = found.get(MANIFEST_FILE);
  if (!file) {
    findings.push({ code: 'no_manifest' });
    return null;
  }
  const bytes = await tree.read(file, MAX_DOCUMENT_BYTES);
  const result = bytes
    ? readExportManifest(new TextDecoder().decode(bytes))
    : ({ ok: false, reason: 'damaged' } as const);
  if (result.ok) return result.manifest;
  const { ok: _, ...why } = result;
  findings.push({ code: 'bad_manifest', ...why });
  return null;
}

function compareWithManifest(manifest: ExportManifest, sums: Sums, findings: ExportFinding[]): void {
  for (const { path, sha256 } of contentOf(manifest)) {
    const listed = sums.get(path);
    if (listed === undefined) findings.push({ code: 'unlisted', path });
    else if (listed !== sha256) findings.push({ code: 'contradiction', path });
  }
}

interface Comparison {
  readonly tree: FileTree;
  readonly found: ReadonlyMap<string, FoundFile>;
  readonly sums: Sums;
  readonly options: VerifyOptions;
}

async function compareFiles({ tree, found, sums, options }: Comparison, findings: ExportFinding[]) {
  const totalBytes = [...sums.keys()].reduce((sum, path) => sum + (found.get(path)?.sizeBytes ?? 0), 0);
  const good = { files: 0, bytes: 0 };
  let doneBytes = 0;
  for (const [path, sha256] of sums) {
    const file = found.get(path);
    if (!file) {
      findings.push({ code: 'missing', path });
      continue;
    }
    const actual = await tree.sha256Of(file, options.signal);
    doneBytes += file.sizeBytes;
    options.onProgress?.({ doneBytes, totalBytes });
    if (actual === null) findings.push({ code: 'damaged', path });
    else if (actual !== sha256) findings.push({ code: 'different', path });
    else {
      good.files += 1;
      good.bytes += file.sizeBytes;
    }
  }
  return good;
}
