import { cutToChars, showableFileName } from '../../lib/text.ts';
import { FORBIDDEN_ANYWHERE, splitExtension, WINDOWS_DEVICE } from '../file-names.ts';

/**
 * Windows programs take paths of 259 UTF-16 units, Explorer's own unpacking included. The deepest
 * path of an export has three folders, `v` with a number, and the file: 190 units at most, which
 * leaves 69 for the folder that somebody unpacks it to. In UTF-8, 80 units are at most 240 bytes;
 * common file systems take 255.
 */
export const MAX_FOLDER_NAME_UNITS = 32;
export const MAX_FILE_NAME_UNITS = 80;

/** In UTF-16 units with the dot. What is longer is not an extension that a program knows. */
const MAX_EXTENSION_UNITS = 16;
const REPLACEMENT = '_';
/** Spaces around a name, and dots after it: Windows drops them, so that another file is opened. */
const EDGES = /^\s+|[\s.]+$/gu;

export interface NameLimit {
  readonly maxUnits: number;
  /** For a name of which nothing is left. */
  readonly fallback: string;
}

/**
 * Equal for names that are one file on some platform: Windows and macOS ignore case, macOS also how
 * accents are composed and (HFS+) invisible characters. Takes more names for equal than any single
 * platform does (`ß` and `ss`), which costs a number behind a name and nothing else.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .toUpperCase()
    .normalize('NFC');
}

/**
 * Gives out the names of one folder of an export: each is allowed on Linux, macOS and Windows, is
 * composed (NFC), and is not the same file there as any other name of the folder. A name that is
 * all that already is kept as it is. The same names in the same order give the same result.
 */
export class PortableNames {
  /** The keys of names that are taken, with the number to try next for a further one. */
  readonly #taken = new Map<string, number>();

  constructor(reserved: readonly string[] = []) {
    for (const name of reserved) this.#taken.set(nameKey(name), 2);
  }

  /** `Mara.gab`, then `Mara (2).gab`. */
  take(original: string, { maxUnits, fallback }: NameLimit): string {
    const clean = cleanName(original);
    const isVisible = nameKey(clean) !== '';
    const base = isVisible ? clean : fallback;
    const plain = fitted(base, '', maxUnits);
    const plainKey = nameKey(plain);
    let number = this.#taken.get(plainKey) ?? 1;
    let name = number === 1 ? plain : numbered(base, number, maxUnits);
    while (this.#taken.has(nameKey(name))) {
      number += 1;
      name = numbered(base, number, maxUnits);
    }
    this.#taken.set(nameKey(name), 2);
    this.#taken.set(plainKey, number + 1);
    return name;
  }
}

/** A name that nothing else in its folder competes with. */
export function portableName(original: string, limit: NameLimit): string {
  return new PortableNames().take(original, limit);
}

function cleanName(original: string): string {
  return showableFileName(original.normalize('NFC'))
    .replace(FORBIDDEN_ANYWHERE, REPLACEMENT)
    .replace(EDGES, '')
    .normalize('NFC');
}

function numbered(name: string, number: number, maxUnits: number): string {
  return fitted(name, ` (${number})`, maxUnits);
}

/** Shortens what is before the extension. */
function fitted(name: string, suffix: string, maxUnits: number): string {
  const split = splitExtension(name);
  const { stem, extension } = split.extension.length > MAX_EXTENSION_UNITS ? { stem: name, extension: '' } : split;
  // One unit is kept free for the replacement in front.
  const kept = cutToChars(stem, maxUnits - suffix.length - extension.length - REPLACEMENT.length);
  const whole = kept === stem ? stem : kept.replace(/[\s.]+$/u, '');
  const result = whole + suffix + extension;
  return needsPrefix(result) ? REPLACEMENT + result : result;
}

/** A leading dot hides a file on Linux and macOS, where people would look for it in vain. */
function needsPrefix(name: string): boolean {
  return name === '' || name.startsWith('.') || WINDOWS_DEVICE.test(name);
}
