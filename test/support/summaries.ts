import type { AssetSummary, BundleSummary, ModelSummary } from '../../shared/gab/compare/bundle-summary.ts';

// Complete summaries with sensible defaults, so that a test names only what it is about.

export function modelSummary(change: Partial<ModelSummary> = {}): ModelSummary {
  return {
    meshes: 1,
    triangles: 1000,
    vertices: 800,
    materials: ['Skin'],
    textures: [{ name: 'skin', format: 'png', width: 1024, height: 1024, sizeBytes: 5000 }],
    joints: ['Head', 'Hips', 'Spine'],
    humanBones: [],
    clips: ['Idle', 'Wave'],
    clipTargets: [],
    morphs: [],
    isVrm: false,
    vrmExpressions: [],
    requiredExtensions: [],
    ...change,
  };
}

export function assetSummary(change: Partial<AssetSummary> = {}): AssetSummary {
  return {
    id: 'body',
    kind: 'model',
    format: 'glb',
    path: 'model/body.glb',
    sizeBytes: 10_000,
    sha256: 'a'.repeat(64),
    model: null,
    splat: null,
    image: null,
    ...change,
  };
}

export const thumbnail = assetSummary({
  id: 'thumb',
  kind: 'thumbnail',
  format: 'png',
  path: 'thumbnail.png',
  sha256: 'b'.repeat(64),
  image: { width: 512, height: 512 },
});

export interface SummaryChange {
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Overrides of the only model. */
  readonly model?: Partial<ModelSummary>;
  /** Added to the thumbnail and the model. */
  readonly assets?: readonly AssetSummary[];
  readonly summary?: Partial<BundleSummary>;
  /** The model's bytes differ for any value other than `1`. */
  readonly modelVersion?: string;
}

let digests = 0;

/** A bundle with a model; each has a different digest. */
export function bundleSummary({
  manifest,
  model,
  assets = [],
  summary,
  modelVersion,
}: SummaryChange = {}): BundleSummary {
  digests += 1;
  const isChanged = model !== undefined || modelVersion !== undefined;
  const sha256 = (isChanged ? (modelVersion ?? String(digests % 10)) : 'a').repeat(64).slice(0, 64);
  const body = assetSummary({ model: modelSummary(model), sha256 });
  return {
    summaryVersion: 1,
    sizeBytes: 20_000,
    digest: `gab1:${digests}`,
    bodyType: 'model3d',
    manifest: {
      format: 'gab',
      gabVersion: '1.0',
      id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
      version: '1.0.0',
      name: 'Mara',
      authors: [{ name: 'Ada' }],
      license: { spdx: 'CC0-1.0' },
      createdAt: '2026-01-01T00:00:00Z',
      thumbnail: 'thumb',
      body: { type: 'model3d', main: 'body' },
      animations: { idle: ['body#Idle'] },
      ...manifest,
    },
    assets: [thumbnail, body, ...assets],
    visemes: { source: 'none', covered: [] },
    ...summary,
  };
}
