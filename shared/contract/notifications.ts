import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';

/**
 * What a native notification can report while nobody looks at the window. `uploads` and
 * `downloads`: what finished or was refused; `changes`: operations that were refused or are in
 * conflict; `live`: somebody else changed the live avatar of a project; `signOut`: the sign-in
 * ended.
 */
export const notificationKinds = ['uploads', 'downloads', 'changes', 'live', 'signOut'] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const notificationSettingsSchema = z.object({
  kinds: z.record(z.enum(notificationKinds), z.boolean()),
  /** Without names, a lock screen does not show what the next avatar will be called. */
  showsNames: z.boolean(),
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

export const DEFAULT_NOTIFICATION_SETTINGS: NotificationSettings = {
  kinds: { uploads: true, downloads: true, changes: true, live: true, signOut: true },
  showsNames: true,
};

/** What a click on a notification shows: the open tray with transfers and changes, or a project. */
export const notificationTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('transfers') }),
  z.object({ kind: z.literal('project'), projectUuid: uuidSchema }),
]);
export type NotificationTarget = z.infer<typeof notificationTargetSchema>;

export const notificationEvents = {
  /** A notification was clicked; the window is already in front. */
  'notifications.clicked': notificationTargetSchema,
} as const;
