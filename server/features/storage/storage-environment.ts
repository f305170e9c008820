import { z } from 'zod';
import type { StorageLimits } from '../../context.ts';

const GB = 1_000_000_000;
const UNITS = { MB: GB / 1000, GB, TB: 1000 * GB } as const;
const SIZE = /^(\d{1,6}(?:\.\d{1,3})?) ?(MB|GB|TB)$/;

/** A size such as `1.5 TB`, in bytes. Decimal units, as file managers show them. */
export const sizeSchema = z
  .string()
  .regex(SIZE, 'must be a size such as 500MB, 20GB or 1.5TB')
  .transform((text) => {
    const [, number, unit] = SIZE.exec(text) ?? [];
    return Math.round(Number(number) * UNITS[unit as keyof typeof UNITS]);
  });

const quotaSchema = z.union([z.literal('none').transform(() => null), sizeSchema], {
  error: 'must be a size such as 500MB, 20GB or 1.5TB, or none',
});

/**
 * Two thousand of the largest bundles for a customer, half of that for a project or a user, so that
 * neither can use up the customer's room alone. The reserve is more than all uploads that can be
 * announced at the same moment.
 */
export const DEFAULT_STORAGE_LIMITS: StorageLimits = {
  customerBytes: 100 * GB,
  projectBytes: 50 * GB,
  userBytes: 50 * GB,
  diskReserveBytes: 2 * GB,
};

/** The settings for storage in the environment. */
export const storageEnvironment = {
  QUOTA_PER_CUSTOMER: quotaSchema.default(DEFAULT_STORAGE_LIMITS.customerBytes),
  QUOTA_PER_PROJECT: quotaSchema.default(DEFAULT_STORAGE_LIMITS.projectBytes),
  QUOTA_PER_USER: quotaSchema.default(DEFAULT_STORAGE_LIMITS.userBytes),
  DISK_RESERVE: sizeSchema.default(DEFAULT_STORAGE_LIMITS.diskReserveBytes),
};

export function storageLimitsFrom(values: {
  readonly QUOTA_PER_CUSTOMER: number | null;
  readonly QUOTA_PER_PROJECT: number | null;
  readonly QUOTA_PER_USER: number | null;
  readonly DISK_RESERVE: number;
}): StorageLimits {
  return {
    customerBytes: values.QUOTA_PER_CUSTOMER,
    projectBytes: values.QUOTA_PER_PROJECT,
    userBytes: values.QUOTA_PER_USER,
    diskReserveBytes: values.DISK_RESERVE,
  };
}
