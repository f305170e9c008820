import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing } from '../../node/error-code.ts';
import type { FailureOf } from '../../shared/contract/failure.ts';
import { MIB } from '../../shared/lib/sizes.ts';

/**
 * What a download leaves free, in bytes: the library, upload copies and everything else on the
 * computer need to write, too.
 */
export const DISK_RESERVE_BYTES = 256 * MIB;

/** The free bytes of the disk with a folder, which need not exist yet; null if nobody can say. */
export type FreeBytesAt = (folder: string) => Promise<number | null>;

export const freeBytesAt: FreeBytesAt = async (folder) => {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    // A file system that does not count its blocks, such as some network and user-space ones.
    return blocks === 0 ? null : bavail * bsize;
  } catch (error) {
    const parent = dirname(folder);
    return isMissing(error) && parent !== folder ? freeBytesAt(parent) : null;
  }
};

export interface SpaceNeed {
  readonly folder: string;
  readonly neededBytes: number;
}

/**
 * The failure if writing so much would leave too little space, so that nothing is written. Null if
 * there is room, if nothing is to be written, or if the system does not say how much is free.
 */
export async function findLackOfSpace(
  { folder, neededBytes }: SpaceNeed,
  freeBytes: FreeBytesAt = freeBytesAt,
): Promise<FailureOf<'not_enough_space'> | null> {
  if (neededBytes === 0) return null;
  const free = await freeBytes(folder);
  if (free === null || free - neededBytes >= DISK_RESERVE_BYTES) return null;
  return { code: 'not_enough_space', neededBytes, freeBytes: free, reserveBytes: DISK_RESERVE_BYTES, folder };
}
