import { z } from 'zod';
import { gabContainers, gabVerdicts } from '../../gab/report.ts';
import { sha256Schema } from '../../gab/sha256-schema.ts';
import { activationHows } from '../activations.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../ids.ts';
import { isPathInside } from './export-paths.ts';

export const EXPORT_FORMAT = 'gabinet-export';
/**
 * Rises when a reader of the old version would misunderstand a manifest. A field that old readers
 * may ignore is added without it.
 */
export const EXPORT_SCHEMA_VERSION = 1;

/** Which versions of each avatar are in the export. */
export const exportedVersions = ['all', 'active'] as const;
export const exportScopes = ['everything', 'customer', 'project', 'selection'] as const;
export const pictureTypes = ['image/webp', 'image/png', 'image/jpeg'] as const;
export type PictureType = (typeof pictureTypes)[number];

const timeSchema = z.iso.datetime();
/** From the top of the export, with slashes; the file is in SHA256SUMS under the same path. */
const pathSchema = z.string().refine(isPathInside, 'must be a path inside the export');
const sizeSchema = z.int().nonnegative();

const pictureSchema = z.object({
  path: pathSchema,
  mediaType: z.enum(pictureTypes),
  sizeBytes: sizeSchema,
  sha256: sha256Schema,
});

const versionSchema = z.object({
  uuid: versionUuidSchema,
  version: z.int().positive(),
  isActive: z.boolean(),
  /** The name under which the file was uploaded; `path` ends in its portable form. */
  originalName: z.string(),
  path: pathSchema,
  sizeBytes: sizeSchema,
  sha256: sha256Schema,
  description: z.string(),
  container: z.enum(gabContainers),
  verdict: z.enum(gabVerdicts),
  /** The ID in the bundle's manifest; null for files without one. */
  manifestId: z.string().nullable(),
  createdAt: timeSchema,
  /** Name of the user who uploaded it, at that time. */
  createdBy: z.string().nullable(),
  picture: pictureSchema.nullable(),
});

const avatarSchema = z.object({
  uuid: avatarUuidSchema,
  name: z.string(),
  tags: z.array(z.string()),
  folder: pathSchema,
  /** Oldest first. */
  versions: z.array(versionSchema),
});

const activatedVersionSchema = z.object({
  versionUuid: versionUuidSchema,
  avatarUuid: avatarUuidSchema,
  name: z.string(),
  version: z.int(),
});

const activationSchema = z.object({
  uuid: z.string(),
  from: activatedVersionSchema.nullable(),
  to: activatedVersionSchema.nullable(),
  how: z.enum(activationHows),
  by: z.string().nullable(),
  at: timeSchema,
});

const projectSchema = z.object({
  uuid: uuidSchema,
  name: z.string(),
  createdAt: timeSchema,
  folder: pathSchema,
  avatars: z.array(avatarSchema),
  /** Newest first. It may name versions that are not in the export. */
  activations: z.array(activationSchema),
});

const customerSchema = z.object({
  uuid: uuidSchema,
  name: z.string(),
  folder: pathSchema,
  projects: z.array(projectSchema),
});

const auditEventSchema = z.object({
  id: z.int(),
  at: timeSchema,
  action: z.string(),
  actor: z.string().nullable(),
  customerUuid: uuidSchema.nullable(),
  projectUuid: uuidSchema.nullable(),
  versionUuid: versionUuidSchema.nullable(),
  details: z.record(z.string(), z.unknown()),
});

/** What an export contains: `manifest.json` at its top. */
export const exportManifestSchema = z.object({
  format: z.literal(EXPORT_FORMAT),
  schemaVersion: z.literal(EXPORT_SCHEMA_VERSION),
  createdAt: timeSchema,
  /** Program and version that wrote the export. */
  createdWith: z.string(),
  /** Address of the server that it was read from. */
  server: z.string(),
  scope: z.enum(exportScopes),
  versions: z.enum(exportedVersions),
  customers: z.array(customerSchema),
  /** Newest first; null if the account may not read it. */
  audit: z.array(auditEventSchema).nullable(),
});

export type ExportManifest = z.infer<typeof exportManifestSchema>;
export type ExportCustomer = z.infer<typeof customerSchema>;
export type ExportProject = z.infer<typeof projectSchema>;
export type ExportAvatar = z.infer<typeof avatarSchema>;
export type ExportActivation = z.infer<typeof activationSchema>;
export type ExportVersion = z.infer<typeof versionSchema>;
export type ExportPicture = z.infer<typeof pictureSchema>;

export type ManifestReading =
  | { readonly ok: true; readonly manifest: ExportManifest }
  /** `newer`: written by a later version of Gabinet. */
  | {
      readonly ok: false;
      readonly reason: 'not_json' | 'not_an_export' | 'newer' | 'invalid';
      readonly detail?: string;
    };

const headSchema = z.object({ format: z.literal(EXPORT_FORMAT), schemaVersion: z.int() });

/** Reads a manifest from anywhere: nothing in it is trusted. */
export function readExportManifest(text: string): ManifestReading {
  const json = parseJson(text);
  if (json === undefined) return { ok: false, reason: 'not_json' };
  const head = headSchema.safeParse(json);
  if (!head.success) return { ok: false, reason: 'not_an_export' };
  if (head.data.schemaVersion > EXPORT_SCHEMA_VERSION) return { ok: false, reason: 'newer' };
  const parsed = exportManifestSchema.safeParse(json);
  if (parsed.success) return { ok: true, manifest: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, reason: 'invalid', detail: `/${(issue?.path ?? []).join('/')}: ${issue?.message ?? ''}` };
}

/** Indented, because people look into it. */
export function formatExportManifest(manifest: ExportManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
