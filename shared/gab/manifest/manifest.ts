import { z } from 'zod';
import { MAX_ASSETS, MAX_ENTRY_BYTES } from '../limits.ts';
import { sha256Schema } from '../sha256-schema.ts';
import {
  assetIdSchema,
  atMostKeys,
  entryPathSchema,
  gabVersionSchema,
  languageSchema,
  licenseAnswerSchema,
  runtimeVersionSchema,
  semverSchema,
  textList,
  timestampSchema,
  webUrlSchema,
} from './manifest-fields.ts';

// All objects are loose: fields of a later minor version must survive reading and writing
// (gab-format 6).

export const assetKinds = [
  'thumbnail',
  'model',
  'splat',
  'portrait',
  'animation',
  'audio',
  'data',
  'document',
] as const;
export type AssetKind = (typeof assetKinds)[number];

export const assetFormats = [
  'png',
  'jpeg',
  'webp',
  'glb',
  'vrm',
  'ply',
  'spz',
  'vrma',
  'wav',
  'mp3',
  'ogg',
  'json',
  'txt',
  'md',
] as const;
export type AssetFormat = (typeof assetFormats)[number];

export const bodyTypes = ['model3d', 'splat', 'portrait2d'] as const;
export type BodyType = (typeof bodyTypes)[number];

/** The fifteen visemes of the Oculus set, in its order. */
export const visemes = ['sil', 'PP', 'FF', 'TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'RR', 'aa', 'E', 'I', 'O', 'U'] as const;
export type Viseme = (typeof visemes)[number];

const licenseSchema = z.looseObject({
  spdx: z.string().min(1).max(100),
  url: webUrlSchema.optional(),
  attribution: z.string().max(500).optional(),
  commercialUse: licenseAnswerSchema.optional(),
  redistribution: licenseAnswerSchema.optional(),
  modification: licenseAnswerSchema.optional(),
});

const provenanceSchema = z.looseObject({
  likeness: z.enum(['fictional', 'self', 'consented', 'public-domain', 'unknown']).optional(),
  aiGenerated: z.boolean().optional(),
  tools: textList(32, 120).optional(),
  consentReference: z.string().max(500).optional(),
});

const authorSchema = z.looseObject({
  name: z.string().min(1).max(120),
  url: webUrlSchema.optional(),
  email: z.string().max(254).optional(),
});

const assetFields = {
  id: assetIdSchema,
  kind: z.enum(assetKinds),
  format: z.enum(assetFormats),
  path: entryPathSchema,
  /** Uncompressed bytes. */
  size: z.int().min(0).max(MAX_ENTRY_BYTES),
  /** Of the uncompressed bytes. */
  sha256: sha256Schema,
  title: z.string().max(120).optional(),
  coordinates: z.enum(['RUB', 'RDF']).optional(),
};
const assetSchema = z.looseObject(assetFields);
export type GabAsset = z.infer<typeof assetSchema>;

// A later minor version may add kinds and formats that this reader only stores.
const newerAssetSchema = z.looseObject({
  ...assetFields,
  kind: z.string().min(1).max(32),
  format: z.string().min(1).max(32),
});

const cameraSchema = z.looseObject({
  view: z.enum(['full', 'mid', 'upper', 'head']).optional(),
  distance: z.number().min(0).max(1000).optional(),
});

const bodySchema = z.looseObject({
  type: z.enum(bodyTypes),
  main: assetIdSchema,
  fallback: assetIdSchema.optional(),
  alternates: z.array(assetIdSchema).max(16).optional(),
  rig: z.enum(['mixamo', 'vrm', 'flame', 'other', 'none']).optional(),
  form: z.enum(['feminine', 'masculine', 'neutral']).optional(),
  camera: cameraSchema.optional(),
  binding: z
    .looseObject({
      type: z.string().min(1).max(32),
      model: assetIdSchema.optional(),
      data: assetIdSchema.optional(),
    })
    .optional(),
});

const shapeSchema = z.union([
  z.looseObject({ morph: z.string().min(1).max(200), weight: z.number().min(0).max(1) }),
  z.looseObject({ image: assetIdSchema }),
]);
export type GabShape = z.infer<typeof shapeSchema>;
const shapesSchema = z.array(shapeSchema).max(16);

const faceSchema = z.looseObject({
  visemes: z
    .looseObject({ set: z.literal('oculus15'), map: z.partialRecord(z.enum(visemes), shapesSchema) })
    .optional(),
  expressions: z
    .record(z.string().min(1).max(64), shapesSchema)
    .refine(atMostKeys(256).check, atMostKeys(256).message)
    .optional(),
});

/** `assetId` or `assetId#clipName`. */
const clipReferenceSchema = z
  .string()
  .max(265)
  .regex(/^[a-z0-9][a-z0-9-]{0,63}(?:#.{1,200})?$/su, 'must be "assetId" or "assetId#clipName"');

const animationsSchema = z
  .record(z.string().min(1).max(64), z.array(clipReferenceSchema).max(16))
  .refine(atMostKeys(64).check, atMostKeys(64).message);

const voiceSchema = z.looseObject({
  provider: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be a lower-case word such as azure'),
  voiceId: z.string().max(200).optional(),
  language: languageSchema.optional(),
  rate: z.number().min(0.25).max(4).optional(),
  pitch: z.number().min(-20).max(20).optional(),
  volume: z.number().min(-96).max(16).optional(),
  sample: assetIdSchema.optional(),
});

const personaSchema = z.looseObject({
  systemPrompt: z.string().max(16_384).optional(),
  greeting: z.string().max(2000).optional(),
  alternateGreetings: z.array(z.string().max(2000)).max(8).optional(),
  language: languageSchema.optional(),
});

const extensionNameSchema = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)+$/, 'must look like vendor.name');

const manifestFields = {
  format: z.literal('gab'),
  gabVersion: gabVersionSchema,
  minRuntime: runtimeVersionSchema.optional(),
  /** The same for all versions of one avatar. */
  id: z
    .string()
    .regex(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be urn:uuid: and a lower-case UUID'),
  version: semverSchema,
  name: z.string().min(1).max(80),
  description: z.string().max(2000).optional(),
  authors: z.array(authorSchema).min(1).max(16),
  license: licenseSchema,
  createdAt: timestampSchema,
  updatedAt: timestampSchema.optional(),
  generator: z.looseObject({ name: z.string().min(1).max(120), version: z.string().max(100).optional() }).optional(),
  tags: textList(16, 32).optional(),
  locale: languageSchema.optional(),
  provenance: provenanceSchema.optional(),
  thumbnail: assetIdSchema,
  assets: z.array(assetSchema).min(1).max(MAX_ASSETS),
  body: bodySchema,
  face: faceSchema.optional(),
  animations: animationsSchema.optional(),
  voice: voiceSchema.optional(),
  persona: personaSchema.optional(),
  extensions: z
    .record(extensionNameSchema, z.unknown())
    .refine(atMostKeys(64).check, atMostKeys(64).message)
    .optional(),
  extensionsRequired: z.array(extensionNameSchema).max(64).optional(),
};

/** The manifest of a bundle (gab-format section 3) with all its ranges. Unknown fields are kept. */
export const gabManifestSchema = z.looseObject(manifestFields);
export type GabManifest = z.infer<typeof gabManifestSchema>;

/**
 * The manifest of a newer minor version, with any kinds and formats. Unknown ones are only stored.
 */
export const newerGabManifestSchema = z.looseObject({
  ...manifestFields,
  assets: z.array(newerAssetSchema).min(1).max(MAX_ASSETS),
});

/** Top-level fields that this reader supports. Others are reported as a warning. */
export const manifestFieldNames: ReadonlySet<string> = new Set(Object.keys(manifestFields));
