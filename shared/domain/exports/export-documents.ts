import { formatSum, type Sha256Sum } from '../../lib/sha256-sums.ts';
import { contentOf } from './export-layout.ts';
import { INDEX_FILE, MANIFEST_FILE, README_FILE, SUMS_FILE } from './export-paths.ts';
import { exportIndexPage, exportReadme } from './index-page.ts';
import { type ExportManifest, formatExportManifest } from './manifest.ts';

/** A text file at the top of an export. */
export interface ExportDocument {
  readonly path: string;
  readonly text: string;
}

/**
 * The files that describe an export. `SHA256SUMS` is the last one and covers the others and all
 * content, itself excepted. `sha256Of` returns the hash of a text in UTF-8, in hex.
 */
export function exportDocuments(manifest: ExportManifest, sha256Of: (text: string) => string): ExportDocument[] {
  const documents = [
    { path: README_FILE, text: exportReadme(manifest) },
    { path: INDEX_FILE, text: exportIndexPage(manifest) },
    { path: MANIFEST_FILE, text: formatExportManifest(manifest) },
  ];
  const lines = documents.map(({ path, text }) => formatSum({ path, sha256: sha256Of(text) }));
  const content: Iterable<Sha256Sum> = contentOf(manifest);
  for (const sum of content) lines.push(formatSum(sum));
  return [...documents, { path: SUMS_FILE, text: lines.join('') }];
}
