import { sql } from 'drizzle-orm';
import type { StorageUse } from '../../../shared/api/storage.ts';
import { seesWholeCustomer } from '../../../shared/domain/access-policy.ts';
import type { QuotaExceeded, QuotaScope } from '../../../shared/domain/quota.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import type { Caller } from '../../access/caller.ts';
import type { PermittedProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import type { ServiceFailure, ServiceResult } from '../../failures/service-failure.ts';
import { lockCustomer } from '../../history/record-changes.ts';
import { type PlaceUse, readAnnouncedBytes, readUse, type StoragePlace } from './storage-use.ts';

type Limits = Pick<ServiceContext, 'storageLimits'>;

/** An upload of `caller` to `project`. */
export interface UploadPlace {
  readonly caller: Caller;
  readonly project: PermittedProject;
}

const SCOPES: readonly QuotaScope[] = ['project', 'customer', 'user'];

/** Arbitrary, and used for nothing else; the second key of the lock is the user. */
const USER_STORAGE_LOCK = 20_110;

/**
 * Locks what the upload counts for: until the transaction ends nobody else can store or announce
 * anything in this customer, or as this user. Always in this order, so that two uploads never wait
 * for each other.
 */
export async function lockStorage(tx: Transaction, { caller, project }: UploadPlace): Promise<void> {
  await lockCustomer(tx, project.customerId);
  await tx.execute(sql`select pg_advisory_xact_lock(${USER_STORAGE_LOCK}, ${caller.userId})`);
}

/**
 * Requires that what was just written in this transaction, `fileBytes` of it, fits all quotas; call
 * it under `lockStorage`. Returns the use, the new file included. Failure: `quota_exceeded`.
 */
export async function requireQuotas(
  { storageLimits }: Limits,
  tx: Transaction,
  { place, fileBytes }: { readonly place: UploadPlace; readonly fileBytes: number },
): ServiceResult<PlaceUse> {
  const use = await readUse(tx, storagePlaceOf(place), storageLimits);
  const full = SCOPES.find((scope) => roomIn(use[scope]) < 0);
  if (full === undefined) return ok(use);
  const before = { ...use[full], used_bytes: use[full].used_bytes - fileBytes };
  return fail(quotaExceeded(full, place, { use: before, fileBytes }));
}

/** The scope that leaves the least room, and how many bytes that is; infinite without quotas. */
export interface Room {
  readonly bytes: number;
  readonly failure: (fileBytes: number) => ServiceFailure;
}

/** For an upload that will store nothing. */
export const UNLIMITED_ROOM: Room = { bytes: Number.POSITIVE_INFINITY, failure: () => diskReserveReached() };

/**
 * How large a file may be now, before anything of it is sent. Nothing is reserved: two uploads may
 * find the same room, so the commit decides.
 */
export async function findRoom(context: ServiceContext, place: UploadPlace): Promise<Room> {
  const use = await readUse(context.db, storagePlaceOf(place), context.storageLimits);
  const rooms = SCOPES.map(
    (scope): Room => ({
      bytes: Math.max(0, roomIn(use[scope])),
      failure: (fileBytes) => quotaExceeded(scope, place, { use: use[scope], fileBytes }),
    }),
  );
  const disk = { bytes: Math.max(0, await roomOnDisk(context)), failure: diskReserveReached };
  return [...rooms, disk].reduce((least, room) => (room.bytes < least.bytes ? room : least));
}

/** Requires that the reserve stays free. Failure: `storage_full`. */
export async function requireDisk(context: ServiceContext, fileBytes: number): ServiceResult<null> {
  return fileBytes <= (await roomOnDisk(context)) ? ok(null) : fail(diskReserveReached());
}

/** May be negative. Infinite for a blob store without a separate disk. */
async function roomOnDisk({ db, blobs, storageLimits }: ServiceContext): Promise<number> {
  const freeBytes = await blobs.freeBytes();
  if (freeBytes === null) return Number.POSITIVE_INFINITY;
  return freeBytes - storageLimits.diskReserveBytes - (await readAnnouncedBytes(db));
}

function storagePlaceOf({ caller, project }: UploadPlace): StoragePlace {
  return { customerId: project.customerId, projectId: project.id, userId: caller.userId };
}

/** Negative if there is more than the quota allows; it may have been larger once. */
function roomIn({ used_bytes, quota_bytes }: StorageUse): number {
  return quota_bytes === null ? Number.POSITIVE_INFINITY : quota_bytes - used_bytes;
}

const diskReserveReached = (): ServiceFailure => ({
  code: 'storage_full',
  detail: 'The disk of the server is almost full. Nothing was stored.',
});

function quotaExceeded(
  scope: QuotaScope,
  { caller, project }: UploadPlace,
  { use, fileBytes }: { readonly use: StorageUse; readonly fileBytes: number },
): ServiceFailure {
  const isHidden = scope === 'customer' && !seesWholeCustomer(caller, project.customerId);
  const quota: QuotaExceeded = {
    scope,
    file_bytes: fileBytes,
    used_bytes: isHidden ? null : use.used_bytes,
    quota_bytes: isHidden ? null : use.quota_bytes,
  };
  return { code: 'quota_exceeded', detail: sentenceOf(quota, project), hint: HINTS[scope], quota };
}

function sentenceOf({ scope, used_bytes, quota_bytes, file_bytes }: QuotaExceeded, { name }: PermittedProject): string {
  const subject = { project: `The project "${name}"`, customer: 'The customer', user: 'You' }[scope];
  const verb = scope === 'user' ? 'have' : 'has';
  const file = `a file of ${formatBytes(file_bytes)} does not fit`;
  if (used_bytes === null || quota_bytes === null) return `${subject} ${verb} used up its storage: ${file}.`;
  return `${subject} ${verb} stored ${formatBytes(used_bytes)} of ${formatBytes(quota_bytes)}: ${file}.`;
}

const HINTS: Readonly<Record<QuotaScope, string>> = {
  project: 'Ask a manager for more storage for this project. The trash counts until it is emptied.',
  customer: 'Ask an administrator for more storage for this customer. The trash counts until it is emptied.',
  user: 'Ask an administrator to raise QUOTA_PER_USER. Your uploads in the trash count until it is emptied.',
};
