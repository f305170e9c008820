import type { ExportFile } from '../../../node/exports/export-file.ts';
import { sha256Hex } from '../../../node/sha256.ts';
import { exportDocuments } from '../../../shared/domain/exports/export-documents.ts';
import { contentOf, layOutExport } from '../../../shared/domain/exports/export-layout.ts';
import { noise } from '../sample-assets.ts';
import { AT, memoryFile } from './export-files.ts';
import { sampleAvatar, sampleExport, sampleVersion } from './sample-export.ts';

/**
 * All files of a small export: two versions of an avatar, one with a picture, and another avatar
 * with a name that has to be changed.
 */
export function wholeExport(): ExportFile[] {
  const bytes = [noise(5000, 1), noise(70_000, 2), noise(100, 3), noise(900, 4)];
  const facts = bytes.map((content) => ({ sizeBytes: content.byteLength, sha256: sha256Hex(content) }));
  const picture = { mediaType: 'image/webp' as const, sizeBytes: 900, sha256: facts[3]?.sha256 ?? '' };
  const mara = sampleAvatar(10, {
    versions: [
      sampleVersion(1, { ...facts[0] }),
      sampleVersion(2, { ...facts[1], version: 2, isActive: true, picture, originalName: 'مارا "final".gab' }),
    ],
  });
  const aux = sampleAvatar(11, { name: 'MARA', versions: [sampleVersion(3, { ...facts[2] })] });
  const manifest = layOutExport(sampleExport([mara, aux]));
  const content = [...contentOf(manifest)].map(({ path, sizeBytes, sha256 }): ExportFile => {
    const found = bytes.find((candidate) => sha256Hex(candidate) === sha256) ?? new Uint8Array();
    return { path, sizeBytes, sha256, modifiedAt: AT, content: { bytes: found } };
  });
  return [...exportDocuments(manifest, sha256Hex).map(({ path, text }) => memoryFile(path, text)), ...content];
}

/**
 * The same files, one with another text or bytes; its size and hash are those of the new content.
 */
export function withContent(files: readonly ExportFile[], path: string, text: string): ExportFile[] {
  return files.map((file) => (file.path === path ? memoryFile(path, text) : file));
}

export function textOf(files: readonly ExportFile[], path: string): string {
  const content = files.find((file) => file.path === path)?.content;
  if (!content || !('bytes' in content)) throw new Error(`no text ${path}`);
  return Buffer.from(content.bytes).toString();
}
