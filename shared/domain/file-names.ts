import { showableFileName } from '../lib/text.ts';
import { MAX_FILE_NAME_BYTES } from './limits.ts';

/** The platform whose rules a saved file's name must follow. */
export type FileNamePlatform = 'linux' | 'macos' | 'windows';

const REPLACEMENT = '_';
const FORBIDDEN: Readonly<Record<FileNamePlatform, RegExp>> = {
  linux: /\//g,
  macos: /[/:]/g,
  windows: /[<>:"/\\|?*]/g,
};
/** What a name may contain on no platform: Windows forbids everything that the others do. */
export const FORBIDDEN_ANYWHERE = FORBIDDEN.windows;
/**
 * Windows opens a device instead of a file for these names, with any extension, also after spaces
 * (Microsoft, "Naming Files, Paths, and Namespaces"; CONIN$ and CONOUT$ are the console's).
 */
export const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?= *(?:\.|$))/i;

/**
 * Returns the name under which a file can be saved on a platform, as close to the original as its
 * rules allow. Valid names are returned unchanged, in any script. At most 255 UTF-8 bytes; the
 * extension is kept.
 */
export function safeFileName(original: string, platform: FileNamePlatform): string {
  let name = showableFileName(original).replace(FORBIDDEN[platform], REPLACEMENT);
  if (platform === 'windows') {
    name = name.replace(/[. ]+$/, '');
    if (WINDOWS_DEVICE.test(name)) name = REPLACEMENT + name;
  }
  if (name === '' || name === '.' || name === '..') name = 'avatar.gab';
  return shortened(name, '');
}

/** `Mara.gab` becomes `Mara (2).gab`: the name to try if the first `number - 1` are taken. */
export function numberedFileName(name: string, number: number): string {
  return number < 2 ? name : shortened(name, ` (${number})`);
}

/**
 * A file's name without its last extension. A leading dot is part of the name, not an extension.
 */
export function fileStem(name: string): string {
  return splitExtension(name).stem;
}

/** The extension with its dot; a leading dot is part of the name. */
export function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? { stem: name, extension: '' } : { stem: name.slice(0, dot), extension: name.slice(dot) };
}

function shortened(name: string, suffix: string): string {
  const { stem, extension } = splitExtension(name);
  const room = MAX_FILE_NAME_BYTES - utf8Length(suffix + extension);
  // An "extension" that leaves no room for a name is not treated as one.
  return room < 1 ? cutToBytes(name, MAX_FILE_NAME_BYTES) : cutToBytes(stem, room) + suffix + extension;
}

/** Cuts between characters, never inside one. */
function cutToBytes(text: string, maxBytes: number): string {
  if (utf8Length(text) <= maxBytes) return text;
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += utf8Length(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  return kept;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
