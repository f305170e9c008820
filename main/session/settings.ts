import { z } from 'zod';
import { writeFileAtomic } from '../../node/atomic-file.ts';
import { readJsonFile } from '../../node/json-file.ts';
import { DEFAULT_NOTIFICATION_SETTINGS } from '../../shared/contract/notifications.ts';
import { settingsSchema } from '../../shared/contract/settings.ts';
import { customerRoles } from '../../shared/domain/access-policy.ts';
import { uuidSchema } from '../../shared/domain/ids.ts';
import { gabPolicies } from '../../shared/gab/report.ts';

/** The account whose library is opened at start, even without a server. */
const currentAccountSchema = z.object({
  serverUrl: z.string(),
  uuid: uuidSchema,
  email: z.string(),
  name: z.string(),
  isAdmin: z.boolean(),
  memberships: z.array(
    z.object({
      customerUuid: uuidSchema,
      customerName: z.string(),
      role: z.enum(customerRoles),
      /** The only project that the membership gives access to; null for all of the customer. */
      projectUuid: uuidSchema.nullable(),
    }),
  ),
  /** As of the last contact. Absent in files of earlier versions. */
  mustSetUpSecondFactor: z.boolean().default(false),
  /** What the server does with files that are not valid bundles, as of the last contact. */
  gabPolicy: z.enum(gabPolicies),
});
export type AccountInfo = z.infer<typeof currentAccountSchema>;

/** As stored by version 0.1, when a user had one role and at most one customer. */
const singleRoleAccountSchema = currentAccountSchema
  .omit({ isAdmin: true, memberships: true, mustSetUpSecondFactor: true })
  .extend({
    role: z.enum(['admin', 'designer', 'viewer']),
    customerUuid: uuidSchema.nullable(),
    customerName: z.string().nullable(),
  })
  .transform(({ role, customerUuid, customerName, ...account }): AccountInfo => {
    const isMember = role !== 'admin' && customerUuid !== null;
    const membership = isMember && { customerUuid, customerName: customerName ?? '', role, projectUuid: null };
    const memberships = membership ? [membership] : [];
    return { ...account, isAdmin: role === 'admin', memberships, mustSetUpSecondFactor: false };
  });
const accountSchema = z.union([currentAccountSchema, singleRoleAccountSchema]);

const storedSettingsSchema = z.object({
  serverUrl: z.string().nullable(),
  lastEmail: z.string().nullable(),
  account: accountSchema.nullable(),
  /** Absent in files of earlier versions. An invalid value must not discard the sign-in. */
  uploadLimitBytesPerSecond: settingsSchema.shape.uploadLimitBytesPerSecond.catch(null),
  notifications: settingsSchema.shape.notifications.catch(DEFAULT_NOTIFICATION_SETTINGS),
});
export type StoredSettings = z.infer<typeof storedSettingsSchema>;

const NO_SETTINGS: StoredSettings = {
  serverUrl: null,
  lastEmail: null,
  account: null,
  uploadLimitBytesPerSecond: null,
  notifications: DEFAULT_NOTIFICATION_SETTINGS,
};

/** The settings as facts for support: no names, no addresses of people, no IDs. */
export function shareableSettings({ serverUrl, account, uploadLimitBytesPerSecond }: StoredSettings): object {
  return {
    serverUrl,
    uploadLimitBytesPerSecond,
    isAdmin: account?.isAdmin ?? null,
    roles: account?.memberships.map(({ role }) => role) ?? [],
    gabPolicy: account?.gabPolicy ?? null,
  };
}

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
