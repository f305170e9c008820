import { z } from 'zod';
import { bundleReferenceSchema } from './bundle-reference.ts';
import { commandOutcome, outcomeOf } from './failure.ts';
import { drawingFailureSchema } from './preview-frame.ts';
import { stagedFileSchema } from './transfers.ts';

/** A bundle on this machine that the window can read. */
export const previewFileSchema = z.object({
  /** Relative address of the bytes (`media/bundles/...`), the same in both shells. */
  url: z.string(),
  fileName: z.string(),
  sizeBytes: z.int(),
});
export type PreviewFile = z.infer<typeof previewFileSchema>;

export const previewChannels = {
  /**
   * Makes a bundle readable: from the cache, or by fetching it from the server. Fails with
   * `offline` if neither is possible.
   */
  'previews.open': { input: z.object({ bundle: bundleReferenceSchema }), output: outcomeOf(previewFileSchema) },
  /**
   * The frame has drawn a bundle (null), or could not. The failure is shown with the bundle, also
   * after a restart, until it is drawn.
   */
  'previews.report': {
    input: z.object({ bundle: bundleReferenceSchema, failure: drawingFailureSchema.nullable() }),
    output: commandOutcome,
  },
  /** Cancels a fetch that is no longer needed. */
  'previews.cancel': { input: z.object({ bundle: bundleReferenceSchema }), output: commandOutcome },
  /**
   * Gives a staged file another thumbnail by writing a new copy with this PNG. The dropped file
   * itself does not change.
   */
  'previews.useThumbnail': {
    input: z.object({ stageId: z.string(), png: z.base64().max(1_000_000) }),
    output: outcomeOf(stagedFileSchema),
  },
} as const;

export const previewEvents = {
  /** Progress of a fetch, at most a few times a second. */
  'previews.progress': z.object({ bundle: bundleReferenceSchema, doneBytes: z.int(), totalBytes: z.int() }),
} as const;
