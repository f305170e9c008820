import { randomUUID } from 'node:crypto';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';

// Any text is taken: a test of pure code may call a version 'mara-1'.

export function asVersionUuid(text: string): VersionUuid {
  return text as VersionUuid;
}

export function asAvatarUuid(text: string): AvatarUuid {
  return text as AvatarUuid;
}

export function newVersionUuid(): VersionUuid {
  return asVersionUuid(randomUUID());
}

export function newAvatarUuid(): AvatarUuid {
  return asAvatarUuid(randomUUID());
}

/** The UUID of no version: a default where a test takes versions out of a list. */
export const NO_VERSION = asVersionUuid('');
