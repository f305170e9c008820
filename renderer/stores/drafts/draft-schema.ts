import { z } from 'zod';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../../../shared/domain/ids.ts';

const textChange = z.object({ from: z.string(), to: z.string() });

/** Unsaved edits of one avatar. `from`: the value when the edit began. */
export const draftSchema = z.object({
  avatarUuid: avatarUuidSchema,
  projectUuid: uuidSchema,
  /** Shown if the avatar is gone. */
  avatarName: z.string(),
  /** ISO 8601. */
  changedAt: z.string(),
  /** The avatar is no longer in its project. */
  isOrphaned: z.boolean(),
  name: textChange.optional(),
  tags: z.object({ from: z.array(z.string()), to: z.array(z.string()) }).optional(),
  /** A tag that is typed and not added yet. */
  typedTags: z.string().optional(),
  /** The description belongs to a version. */
  descriptions: z.array(textChange.extend({ versionUuid: versionUuidSchema })),
});
export type Draft = z.infer<typeof draftSchema>;

/** By avatar. */
export const draftsSchema = z.record(z.string(), draftSchema);
export type Drafts = z.infer<typeof draftsSchema>;
