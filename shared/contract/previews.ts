import { z } from 'zod';
import { bundleReferenceSchema } from './bundle-reference.ts';
import { outcomeOf } from './failure.ts';
import { stagedFileSchema } from './transfers.ts';

/** A bundle whose bytes lie on this machine, ready to be read by the window. */
export const previewFileSchema = z.object({
  /** Relative address of the bytes (`media/bundles/...`), the same in both shells. */
  url: z.string(),
  fileName: z.string(),
  sizeBytes: z.int(),
});
export type PreviewFile = z.infer<typeof previewFileSchema>;

export const previewChannels = {
  /** Makes a bundle readable: from the cache, or fetched from the server first. Answers `offline` if it is neither. */
  'previews.open': { input: z.object({ bundle: bundleReferenceSchema }), output: outcomeOf(previewFileSchema) },
  /** Ends a fetch that nobody waits for any more. */
  'previews.cancel': { input: z.object({ bundle: bundleReferenceSchema }), output: z.undefined() },
  /** Gives a waiting file another thumbnail: it is written anew with this PNG, the file that was dropped stays as it is. */
  'previews.useThumbnail': {
    input: z.object({ stageId: z.string(), png: z.base64().max(1_000_000) }),
    output: outcomeOf(stagedFileSchema),
  },
} as const;

export const previewEvents = {
  /** How much of a bundle is here, while it is fetched. At most a few times a second. */
  'previews.progress': z.object({ bundle: bundleReferenceSchema, doneBytes: z.int(), totalBytes: z.int() }),
} as const;
