import type { ByteSource } from '../byte-source.ts';
import { inspectBundle } from '../inspect-bundle.ts';
import type { InspectOptions } from '../inspection.ts';
import type { GabAsset, GabManifest } from '../manifest/manifest.ts';
import type { GabReport } from '../report.ts';
import type { UnpackedEntry } from '../unpacked-entry.ts';
import { planVisemes, spokenVisemes } from '../viseme-plan.ts';
import { type AssetSummary, type BundleSummary, type ModelSummary, SUMMARY_VERSION } from './bundle-summary.ts';
import { NameBudget } from './summary-limits.ts';

export interface SummarizedBundle {
  readonly report: GabReport;
  /** `null` if the file is not a valid bundle, so there is nothing to compare. */
  readonly summary: BundleSummary | null;
}

type UnpackedEntries = ReadonlyMap<string, UnpackedEntry>;

/**
 * Checks a file as `inspectBundle` does and summarizes it in the same pass over its bytes. Rejects
 * if the source does.
 */
export async function summarizeBundle(source: ByteSource, options: InspectOptions): Promise<SummarizedBundle> {
  let entries: UnpackedEntries = new Map();
  const onEntries = (unpacked: UnpackedEntries) => {
    entries = unpacked;
    options.onEntries?.(unpacked);
  };
  const report = await inspectBundle(source, { ...options, onEntries });
  return { report, summary: summaryFrom(report, entries, source.size) };
}

function summaryFrom(report: GabReport, entries: UnpackedEntries, sizeBytes: number): BundleSummary | null {
  const { manifest, digest, verdict, container } = report;
  if (container !== 'gab' || verdict === 'invalid' || !manifest || digest === undefined) return null;
  const budget = new NameBudget();
  return {
    summaryVersion: SUMMARY_VERSION,
    sizeBytes,
    digest,
    bodyType: manifest.body.type,
    manifest,
    assets: manifest.assets.map((asset) => summarizeAsset(asset, entries.get(asset.path), budget)),
    visemes: summarizeVisemes(manifest, entries),
  };
}

function summarizeAsset(asset: GabAsset, unpacked: UnpackedEntry | undefined, budget: NameBudget): AssetSummary {
  const { id, kind, format, path, size, sha256 } = asset;
  const { model, splat, image } = unpacked?.content.summary ?? {};
  return {
    id,
    kind,
    format,
    path,
    sizeBytes: size,
    sha256,
    model: model ? withinBudget(model, budget) : null,
    splat: splat ?? null,
    image: image ?? null,
  };
}

/**
 * The most important names come first: if space runs out, names of pictures are dropped before
 * names of morphs.
 */
function withinBudget(model: ModelSummary, budget: NameBudget): ModelSummary {
  return {
    ...model,
    requiredExtensions: budget.take(model.requiredExtensions),
    vrmExpressions: budget.take(model.vrmExpressions),
    humanBones: budget.take(model.humanBones),
    morphs: budget.take(model.morphs),
    clips: budget.take(model.clips),
    joints: budget.take(model.joints),
    clipTargets: budget.take(model.clipTargets),
    materials: budget.take(model.materials),
    textures: model.textures.slice(0, budget.take(model.textures.map(({ name }) => name)).length),
  };
}

function summarizeVisemes(manifest: GabManifest, entries: UnpackedEntries): BundleSummary['visemes'] {
  const { type, main, binding } = manifest.body;
  const modelId = type === 'model3d' ? main : binding?.model;
  const path = manifest.assets.find(({ id }) => id === modelId)?.path;
  const model = path === undefined ? undefined : entries.get(path)?.content.model;
  const { source, shapes } = planVisemes(manifest.face, model ?? null);
  return { source, covered: spokenVisemes.filter((viseme) => shapes.has(viseme)) };
}
