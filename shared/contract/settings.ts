import { z } from 'zod';
import { notificationSettingsSchema } from './notifications.ts';

const KIB = 1024;
/**
 * Below this, uploading the largest file would take more than 50 minutes: surely a typing error.
 */
export const MIN_UPLOAD_LIMIT_BYTES_PER_SECOND = 16 * KIB;
/** 10 GiB per second: faster than any connection. */
export const MAX_UPLOAD_LIMIT_BYTES_PER_SECOND = 10 * KIB * KIB * KIB;

/** The user's settings on this machine. */
export const settingsSchema = z.object({
  /** Limit of all uploads together; null means unlimited. */
  uploadLimitBytesPerSecond: z
    .int()
    .min(MIN_UPLOAD_LIMIT_BYTES_PER_SECOND)
    .max(MAX_UPLOAD_LIMIT_BYTES_PER_SECOND)
    .nullable(),
  notifications: notificationSettingsSchema,
});
export type SettingsView = z.infer<typeof settingsSchema>;

export const settingsChannels = {
  'settings.get': { input: z.undefined(), output: settingsSchema },
  'settings.set': { input: settingsSchema, output: settingsSchema },
} as const;

export const settingsEvents = { 'settings.changed': settingsSchema } as const;
