import { z } from 'zod';
import { uuidSchema, versionUuidSchema } from '../domain/ids.ts';

/** A bundle that the application can read: a stored version or a staged file. */
export const bundleReferenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('version'), versionUuid: versionUuidSchema }),
  z.object({ kind: z.literal('staged'), stageId: uuidSchema }),
]);
export type BundleReference = z.infer<typeof bundleReferenceSchema>;
