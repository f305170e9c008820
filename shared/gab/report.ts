import { z } from 'zod';
import type { GabManifest } from './manifest/manifest.ts';

export const gabPolicies = ['strict', 'lenient'] as const;
export type GabPolicy = (typeof gabPolicies)[number];

export const gabContainers = ['gab', 'zip', 'opaque', 'unreadable'] as const;
export type GabContainer = (typeof gabContainers)[number];

export const gabVerdicts = ['valid', 'valid-with-warnings', 'opaque', 'invalid'] as const;
export type GabVerdict = (typeof gabVerdicts)[number];

export const gabSeverities = ['error', 'warning', 'info'] as const;
export type GabSeverity = (typeof gabSeverities)[number];

/**
 * One finding. `path` is the entry in the archive, `pointer` an RFC 6901 JSON pointer into the
 * manifest or the model's JSON.
 */
export const gabFindingSchema = z.object({
  code: z.string().max(64),
  severity: z.enum(gabSeverities),
  path: z.string().max(300).optional(),
  pointer: z.string().max(500).optional(),
  params: z.record(z.string().max(64), z.union([z.string().max(500), z.number(), z.boolean()])).optional(),
});
export type GabFinding = z.infer<typeof gabFindingSchema>;

/** The result of a complete check of a bundle (gab-format 7.1). */
export interface GabReport {
  readonly container: GabContainer;
  readonly verdict: GabVerdict;
  readonly activatable: boolean;
  readonly issues: readonly GabFinding[];
  readonly manifest?: GabManifest;
  /** `gab1:` and the SHA-256 of the content, independent of compression. Only for valid bundles. */
  readonly digest?: string;
}
