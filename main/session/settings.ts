import { z } from 'zod';
import { writeFileAtomic } from '../../node/atomic-file.ts';
import { readJsonFile } from '../../node/json-file.ts';
import { userRoles } from '../../shared/api/auth.ts';
import { settingsSchema } from '../../shared/contract/settings.ts';
import { uuidSchema } from '../../shared/domain/ids.ts';
import { gabPolicies } from '../../shared/gab/report.ts';

/** The account whose library is opened at start, even without a server. */
const accountSchema = z.object({
  serverUrl: z.string(),
  uuid: uuidSchema,
  email: z.string(),
  name: z.string(),
  role: z.enum(userRoles),
  customerUuid: uuidSchema.nullable(),
  customerName: z.string().nullable(),
  /** What the server does with files that are not valid bundles, as of the last contact. */
  gabPolicy: z.enum(gabPolicies),
});
export type AccountInfo = z.infer<typeof accountSchema>;

const storedSettingsSchema = z.object({
  serverUrl: z.string().nullable(),
  lastEmail: z.string().nullable(),
  account: accountSchema.nullable(),
  /** Absent in files of earlier versions. An invalid value must not discard the sign-in. */
  uploadLimitBytesPerSecond: settingsSchema.shape.uploadLimitBytesPerSecond.catch(null),
});
export type StoredSettings = z.infer<typeof storedSettingsSchema>;

const NO_SETTINGS: StoredSettings = {
  serverUrl: null,
  lastEmail: null,
  account: null,
  uploadLimitBytesPerSecond: null,
};

export interface SettingsStore {
  readonly current: StoredSettings;
  /** Resolves when the change is stored. Writes happen one after the other. */
  change(patch: Partial<StoredSettings>): Promise<void>;
}

/**
 * Reads this machine's settings. A file that cannot be parsed is set aside and the defaults apply.
 */
export async function openSettings(path: string): Promise<SettingsStore> {
  let current = (await readJsonFile(path, (json) => storedSettingsSchema.parse(json))) ?? NO_SETTINGS;
  let writing: Promise<void> = Promise.resolve();
  return {
    get current() {
      return current;
    },
    change: (patch) => {
      current = { ...current, ...patch };
      const content = `${JSON.stringify(current, null, 2)}\n`;
      const write = writing.then(() => writeFileAtomic(path, content));
      // The next write must not fail because this one did. This one's caller gets the error.
      writing = write.catch(() => undefined);
      return write;
    },
  };
}
