import type { DirectoryEntry } from './directory.ts';

// The external attributes of a directory record (APPNOTE 4.4.15): the low half has the attributes
// of MS-DOS and Windows, the high half the st_mode of Unix. Which half counts depends on the system
// in "version made by", and tools don't agree: Info-ZIP skips a volume label (0x08) of systems 0, 5,
// 6 and 11; 7-Zip makes a folder of 0x10 for 0, 6, 11 and 14, a link of 0x400 for 0 and 11, and a
// folder of st_mode 0o4000 for 1 (Amiga); libarchive looks at 0 and 3 only. So only bits that change
// nothing for any system are allowed, whatever system the record names.

/** Read-only, archive (changed since the last backup) and normal. */
const DOS_HARMLESS = 0x01 | 0x20 | 0x80;
/**
 * How Windows stores a file: sparse, compressed, not indexed, encrypted. The last one is also set by
 * the archiver of macOS; 0x8000 says that the high half is valid (7-Zip).
 */
const STORAGE_HARMLESS = 0x200 | 0x800 | 0x2000 | 0x4000 | 0x8000;
const UNIX_PERMISSIONS = 0o777;
const HARMLESS_BITS = DOS_HARMLESS | STORAGE_HARMLESS | (UNIX_PERMISSIONS << 16);

const DOS_HIDDEN = 0x02;
const DOS_SYSTEM = 0x04;
const DOS_VOLUME_LABEL = 0x08;
const DOS_DIRECTORY = 0x10;
const DOS_REPARSE_POINT = 0x400;

// The top four bits of st_mode are the type of the file.
const UNIX_TYPE_MASK = 0xf000;
const UNIX_REGULAR = 0x8000;
const UNIX_DIRECTORY = 0x4000;

/** What an entry is if it isn't an ordinary file; `attributes` if nothing in particular. */
export type EntryKind = 'folder' | 'link-or-device' | 'volume-label' | 'hidden' | 'attributes';

/** Returns what an entry is instead of an ordinary file, or `null` if all tools read it as one. */
export function findSpecialKind({ rawName, externalAttributes }: DirectoryEntry): EntryKind | null {
  const type = unixType(externalAttributes);
  if (rawName.endsWith('/') || type === UNIX_DIRECTORY || externalAttributes & DOS_DIRECTORY) return 'folder';
  if (isLinkOrDevice(externalAttributes)) return 'link-or-device';
  if (externalAttributes & DOS_VOLUME_LABEL) return 'volume-label';
  // File managers may not show such entries.
  if (externalAttributes & (DOS_HIDDEN | DOS_SYSTEM)) return 'hidden';
  return (externalAttributes & ~(HARMLESS_BITS | (UNIX_TYPE_MASK << 16))) === 0 ? null : 'attributes';
}

/** Whether unpacking an entry may make something that points elsewhere. Folders are neither. */
export function isLinkOrDevice(externalAttributes: number): boolean {
  const isReparsePoint = (externalAttributes & DOS_REPARSE_POINT) !== 0;
  return isReparsePoint || ![0, UNIX_REGULAR, UNIX_DIRECTORY].includes(unixType(externalAttributes));
}

function unixType(externalAttributes: number): number {
  return (externalAttributes >>> 16) & UNIX_TYPE_MASK;
}
