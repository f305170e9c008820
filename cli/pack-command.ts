import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FindingList } from '../shared/gab/finding-list.ts';
import { GAB_MEDIA_TYPE, MAX_MANIFEST_BYTES } from '../shared/gab/limits.ts';
import { MANIFEST_PATH } from '../shared/gab/manifest/read-manifest.ts';
import type { GabFinding } from '../shared/gab/report.ts';
import { C2PA_PATH } from '../shared/gab/unpack-entries.ts';
import { type ManifestDocument, parseManifestDocument } from '../shared/gab/write/manifest-document.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';
import type { CommandOutput } from './command-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatFindings } from './format-report.ts';
import { withSources } from './node-bundle.ts';
import { withThumbnail } from './pack-thumbnail.ts';
import { listFiles } from './read-folder.ts';
import { checkOutput, type OutputFile, writeOutput } from './write-output.ts';

export interface PackRequest extends OutputFile {
  readonly folder: string;
}

/**
 * Makes a bundle from a folder: its `manifest.json` and the files it names. Sizes and hashes are
 * computed.
 */
export async function packFolder(request: PackRequest, output: CommandOutput): Promise<ExitCode> {
  const { folder, file } = request;
  await checkOutput(request);
  const paths = await listFiles(folder);
  const manifest = await readFolderManifest(folder, paths);
  if (!manifest.ok) {
    output.writeError(`${file} was not written.\n${formatFindings(manifest.failure)}`);
    return exitCodes.invalid;
  }
  const assetPaths = await listAssets(folder, paths);
  const all = paths.includes(C2PA_PATH) ? [...assetPaths, C2PA_PATH] : assetPaths;
  return withSources(
    all.map((path) => join(folder, path)),
    async (sources) => {
      const assets = new Map(assetPaths.flatMap((path, index) => (sources[index] ? [[path, sources[index]]] : [])));
      const credentials = sources[assetPaths.length];
      const bundle = { manifest: manifest.value, assets, ...(credentials && { credentials }) };
      return writeOutput(request, await withThumbnail(bundle), output);
    },
  );
}

async function readFolderManifest(
  folder: string,
  paths: readonly string[],
): Promise<Result<ManifestDocument, readonly GabFinding[]>> {
  const findings = new FindingList();
  if (!paths.includes(MANIFEST_PATH)) {
    findings.add('GAB_E_MANIFEST_MISSING', { path: MANIFEST_PATH });
    return fail(findings.toReport());
  }
  const bytes = await readFile(join(folder, MANIFEST_PATH));
  // Twice the limit, because whitespace is not kept.
  if (bytes.byteLength > 2 * MAX_MANIFEST_BYTES) {
    const params = { sizeBytes: bytes.byteLength, maxBytes: MAX_MANIFEST_BYTES };
    findings.add('GAB_E_MANIFEST_SIZE', { path: MANIFEST_PATH, params });
    return fail(findings.toReport());
  }
  const { document, fault } = parseManifestDocument(bytes);
  if (document) return ok(document);
  const params = { reason: fault.kind, position: fault.position, ...(fault.key !== undefined && { key: fault.key }) };
  findings.add('GAB_E_MANIFEST_JSON', { path: MANIFEST_PATH, params });
  return fail(findings.toReport());
}

/**
 * `mimetype` is always written, so a `mimetype` left by another unpacking tool is not an unlisted
 * asset.
 */
async function listAssets(folder: string, paths: readonly string[]): Promise<string[]> {
  const assets = paths.filter((path) => path !== MANIFEST_PATH && path !== C2PA_PATH);
  if (!assets.includes('mimetype')) return assets;
  const isOurs = (await readFile(join(folder, 'mimetype'), 'latin1')) === GAB_MEDIA_TYPE;
  return isOurs ? assets.filter((path) => path !== 'mimetype') : assets;
}
