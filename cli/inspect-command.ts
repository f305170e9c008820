import type { AssetSummary, BundleSummary } from '../shared/gab/compare/bundle-summary.ts';
import { summarizeBundle } from '../shared/gab/compare/summarize-bundle.ts';
import type { GabManifest } from '../shared/gab/manifest/manifest.ts';
import type { GabReport } from '../shared/gab/report.ts';
import { showText } from '../shared/gab/show-text.ts';
import type { UnpackedEntry } from '../shared/gab/unpacked-entry.ts';
import { STORED } from '../shared/gab/zip/entry-rules.ts';
import { formatBytes } from '../shared/lib/sizes.ts';
import type { CommandOutput } from './command-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatReport } from './format-report.ts';
import { readOptions, withSource } from './node-bundle.ts';
import { DEFAULT_MIN_RUNTIME, needsOf, type RuntimeNeeds } from './runtime-needs.ts';

export interface InspectRequest {
  readonly file: string;
  readonly asJson: boolean;
}

interface EntryFacts {
  readonly path: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly isStored: boolean;
}

interface Inspected {
  readonly report: GabReport;
  readonly summary: BundleSummary;
  readonly manifest: GabManifest;
  readonly entries: readonly EntryFacts[];
}

/**
 * Shows what a valid bundle contains: its files and their sizes, its manifest, and what it needs
 * from the runtime.
 */
export async function inspectFileContent({ file, asJson }: InspectRequest, output: CommandOutput): Promise<ExitCode> {
  const found = await withSource(file, async (source) => {
    let entries: readonly EntryFacts[] = [];
    const onEntries = (unpacked: ReadonlyMap<string, UnpackedEntry>) => {
      entries = entriesOf(unpacked);
    };
    const { report, summary } = await summarizeBundle(source, { ...readOptions(file), onEntries });
    return { report, summary, entries };
  });
  const { report, summary, entries } = found;
  if (!summary || !report.manifest) {
    output.writeError(`${formatReport(file, report)}Only a valid bundle can be looked into.\n`);
    return exitCodes.invalid;
  }
  const inspected = { report, summary, entries, manifest: report.manifest };
  output.writeOut(asJson ? `${JSON.stringify(toJson(file, inspected), null, 2)}\n` : formatBundle(file, inspected));
  return exitCodes.ok;
}

/** In file order. */
function entriesOf(unpacked: ReadonlyMap<string, UnpackedEntry>): EntryFacts[] {
  return [...unpacked.values()]
    .toSorted((left, right) => left.entry.offset - right.entry.offset)
    .map(({ entry }) => ({
      path: entry.name,
      sizeBytes: entry.size,
      compressedBytes: entry.compressedSize,
      isStored: entry.method === STORED,
    }));
}

function toJson(file: string, { report, summary, manifest, entries }: Inspected) {
  const { verdict, activatable, digest } = report;
  const { sizeBytes, assets } = summary;
  return {
    file,
    sizeBytes,
    verdict,
    activatable,
    digest,
    entries,
    needs: needsOf(summary, manifest),
    assets,
    manifest,
  };
}

function formatBundle(file: string, { report, summary, manifest, entries }: Inspected): string {
  const sections = [
    formatReport(file, report).trimEnd(),
    formatManifest(manifest, summary),
    `Files (${entries.length}, ${formatBytes(summary.sizeBytes)}; size, in the file, path)\n${formatTree(entries)}`,
    `Content\n${summary.assets.flatMap(describeAsset).join('\n')}`,
    `The runtime needs\n${formatNeeds(needsOf(summary, manifest))}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Text from a file must not be able to control the terminal. */
function shown(text: string | undefined, maxChars = 120): string {
  return text === undefined ? '-' : showText(text, maxChars);
}

function lines(rows: readonly (readonly [label: string, text: string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`).join('\n');
}

function formatManifest(manifest: GabManifest, { digest }: BundleSummary): string {
  const slots = Object.entries(manifest.animations ?? {}).map(([slot, clips]) => `${shown(slot, 64)} ${clips.length}`);
  return lines([
    ['name', `${shown(manifest.name)} ${manifest.version}`],
    ['id', manifest.id],
    ['authors', manifest.authors.map(({ name }) => shown(name)).join(', ')],
    ['licence', shown(manifest.license.spdx)],
    ['body', `${manifest.body.type}, rig ${manifest.body.rig ?? 'not specified'}`],
    ['slots', slots.join(', ') || 'none'],
    ['voice', shown(manifest.voice?.provider)],
    ['created', manifest.createdAt],
    ['digest', digest],
  ]);
}

/** Folders in file order, the files below them, and the sizes in a right-aligned column. */
function formatTree(entries: readonly EntryFacts[]): string {
  const rows: string[] = [];
  let folder = '';
  for (const { path, sizeBytes, compressedBytes, isStored } of entries) {
    const at = path.lastIndexOf('/') + 1;
    const sizes = `${formatBytes(sizeBytes).padStart(8)} ${(isStored ? 'stored' : formatBytes(compressedBytes)).padStart(8)}`;
    if (path.slice(0, at) !== folder && at > 0) rows.push(`${' '.repeat(21)}${path.slice(0, at)}`);
    folder = path.slice(0, at);
    rows.push(`  ${sizes}  ${at > 0 ? '  ' : ''}${path.slice(at)}`);
  }
  return rows.join('\n');
}

function describeAsset({ path, model, splat, image }: AssetSummary): string[] {
  if (model) {
    const { meshes, triangles, materials, textures, joints, clips, morphs } = model;
    const counts = `${meshes} meshes, ${triangles} triangles, ${materials.length} materials, ${textures.length} textures`;
    return [`  ${path}: ${counts}, ${joints.length} joints, ${clips.length} clips, ${morphs.length} morphs`];
  }
  if (splat) return [`  ${path}: ${splat.points} points`];
  return image ? [`  ${path}: ${image.width} x ${image.height} pixels`] : [];
}

function formatNeeds({ minRuntime, extensions, drawsSplats, splatPoints, visemes, covered }: RuntimeNeeds): string {
  const mouth = { map: 'map in the manifest', names: 'morph targets named viseme_*', vrm: 'VRM vowels' };
  const source = visemes === 'none' || visemes === 'jaw' ? null : mouth[visemes];
  return lines([
    ['runtime', minRuntime === DEFAULT_MIN_RUNTIME ? minRuntime : `${minRuntime} or newer`],
    ['glTF extensions', extensions.map((name) => shown(name, 100)).join(', ') || 'none'],
    ['splats', drawsSplats ? `yes, ${splatPoints} points` : 'no'],
    ['mouth', source ? `${source}, ${covered} of 14 sounds` : visemes === 'jaw' ? 'jaw only' : 'none'],
  ]);
}
