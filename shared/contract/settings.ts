import { z } from 'zod';

const KIB = 1024;
/** Below this an upload of the largest file would take more than 50 minutes: a slip of the hand. */
export const MIN_UPLOAD_LIMIT_BYTES_PER_SECOND = 16 * KIB;
/** 10 GiB a second: more than any line. */
export const MAX_UPLOAD_LIMIT_BYTES_PER_SECOND = 10 * KIB * KIB * KIB;

/** What a person sets for this machine. */
export const settingsSchema = z.object({
  /** All uploads together; null: as fast as the line is. */
  uploadLimitBytesPerSecond: z
    .int()
    .min(MIN_UPLOAD_LIMIT_BYTES_PER_SECOND)
    .max(MAX_UPLOAD_LIMIT_BYTES_PER_SECOND)
    .nullable(),
});
export type SettingsView = z.infer<typeof settingsSchema>;

export const settingsChannels = {
  'settings.get': { input: z.undefined(), output: settingsSchema },
  'settings.set': { input: settingsSchema, output: settingsSchema },
} as const;

export const settingsEvents = { 'settings.changed': settingsSchema } as const;
