import { z } from 'zod';
import { bodyTypes, visemes } from '../manifest/manifest.ts';

/**
 * What a version contains, without its bytes: enough to compare it with another one. The reader
 * computes it from the content, the server stores it with the version, and it is small enough
 * (about 10 KiB) for every client to keep.
 */

const namesSchema = z.array(z.string());

/** One picture inside a model. Sizes in pixels; null if its header could not be read. */
export const textureSummarySchema = z.object({
  name: z.string(),
  format: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  sizeBytes: z.int(),
});
export type TextureSummary = z.infer<typeof textureSummarySchema>;

/**
 * What a model offers, from its own JSON. Names are sorted and unique; an unnamed item is `#` and
 * its number. Lists are cut at the limits of `summary-limits.ts`, so that hostile models stay
 * small.
 */
export const modelSummarySchema = z.object({
  meshes: z.int(),
  triangles: z.int(),
  vertices: z.int(),
  materials: namesSchema,
  textures: z.array(textureSummarySchema),
  /** Nodes that skins use. */
  joints: namesSchema,
  /** Bones of the VRM humanoid, by their VRM names. */
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
  /**
   * Plain strings: a newer minor version may have kinds and formats that this program doesn't know.
   */
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

/**
 * How the runtime would move the mouth (gab-format 3): by the map, by morph names, by VRM vowels,
 * by the jaw, or not at all.
 */
export const visemeSources = ['map', 'names', 'vrm', 'jaw', 'none'] as const;
export type VisemeSource = (typeof visemeSources)[number];

/**
 * Increases when the shape of a summary changes. Summaries of another version are requested again.
 */
export const SUMMARY_VERSION = 1;

export const bundleSummarySchema = z.object({
  summaryVersion: z.literal(SUMMARY_VERSION),
  /** Size of the whole file. */
  sizeBytes: z.int(),
  /** `gab1:` digest of the content. */
  digest: z.string(),
  bodyType: z.enum(bodyTypes),
  /** The manifest as it is in the bundle, with unknown fields. */
  manifest: z.record(z.string(), z.unknown()),
  assets: z.array(assetSummarySchema),
  visemes: z.object({
    source: z.enum(visemeSources),
    /** The visemes of the fourteen spoken ones that move something. */
    covered: z.array(z.enum(visemes)),
  }),
});
export type BundleSummary = z.infer<typeof bundleSummarySchema>;
