import { z } from 'zod';
import { bodyTypes, visemes } from '../manifest/manifest.ts';

/**
 * What a version is, without its bytes: enough to compare it with another one. Computed from the content by the reader,
 * kept by the server next to the version, and small enough (some 10 KiB) to be kept by every client.
 */

const namesSchema = z.array(z.string());

/** One picture inside a model. Pixels; null where its header could not be read. */
export const textureSummarySchema = z.object({
  name: z.string(),
  format: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  sizeBytes: z.int(),
});
export type TextureSummary = z.infer<typeof textureSummarySchema>;

/**
 * What a model offers, from its own JSON. Names are sorted and unique; a thing without a name is `#` and its number. Lists
 * are cut at the limits of `summary-limits.ts`, so that a hostile model stays small.
 */
export const modelSummarySchema = z.object({
  meshes: z.int(),
  triangles: z.int(),
  vertices: z.int(),
  materials: namesSchema,
  textures: z.array(textureSummarySchema),
  /** Nodes that skins follow. */
  joints: namesSchema,
  /** Bones of the VRM humanoid, by their names in VRM. */
  humanBones: namesSchema,
  clips: namesSchema,
  /** Nodes that the clips move. */
  clipTargets: namesSchema,
  morphs: namesSchema,
  isVrm: z.boolean(),
  vrmExpressions: namesSchema,
  requiredExtensions: namesSchema,
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const splatSummarySchema = z.object({ points: z.int() });
export const imageSummarySchema = z.object({ width: z.int(), height: z.int() });

export const assetSummarySchema = z.object({
  id: z.string(),
  /** Plain words: a newer minor version may have kinds and formats that this program does not know. */
  kind: z.string(),
  format: z.string(),
  path: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  model: modelSummarySchema.nullable(),
  splat: splatSummarySchema.nullable(),
  image: imageSummarySchema.nullable(),
});
export type AssetSummary = z.infer<typeof assetSummarySchema>;

/** How the runtime would move the mouth (gab-format 3): by the map, by morph names, by VRM vowels, by the jaw, or not. */
export const visemeSources = ['map', 'names', 'vrm', 'jaw', 'none'] as const;
export type VisemeSource = (typeof visemeSources)[number];

/** Grows when the shape of a summary changes; who meets another one asks again. */
export const SUMMARY_VERSION = 1;

export const bundleSummarySchema = z.object({
  summaryVersion: z.literal(SUMMARY_VERSION),
  /** Bytes of the whole file. */
  sizeBytes: z.int(),
  /** `gab1:` digest of the content. */
  digest: z.string(),
  bodyType: z.enum(bodyTypes),
  /** The manifest as it stands in the bundle, unknown fields included. */
  manifest: z.record(z.string(), z.unknown()),
  assets: z.array(assetSummarySchema),
  visemes: z.object({
    source: z.enum(visemeSources),
    /** Of the fourteen spoken ones, those that move something. */
    covered: z.array(z.enum(visemes)),
  }),
});
export type BundleSummary = z.infer<typeof bundleSummarySchema>;
