import { avatarNameSchema, descriptionSchema, tagSchema } from '../../../shared/domain/avatar-fields.ts';
import { MAX_AVATAR_NAME_CHARS, MAX_FILE_NAME_BYTES, MAX_TAGS } from '../../../shared/domain/limits.ts';
import { distinctTags } from '../../../shared/domain/tags.ts';
import { cutToChars, showableFileName } from '../../../shared/lib/text.ts';
import type { ServiceFailure } from '../../failures/service-failure.ts';

export const BUNDLE_EXTENSION = '.gab';
const FALLBACK_STEM = 'avatar';

/**
 * The original name of a file in a form. Browsers send a quote inside a name as `%22` (WHATWG
 * "multipart/form-data").
 */
export function sanitizeOriginalName(sent: string): string {
  return keepOriginalName(sent.replaceAll('%22', '"').replaceAll(/%0[AD]/gi, ''));
}

/**
 * The name that the client gave a file, as it is stored and returned: full Unicode without folders
 * and control characters, at most 255 UTF-8 bytes, with its extension.
 */
export function keepOriginalName(sent: string): string {
  const last = sent.split(/[/\\]/).at(-1) ?? '';
  const clean = showableFileName(last).trim();
  if (!hasBundleExtension(clean)) return capBytes(clean, MAX_FILE_NAME_BYTES);
  const extension = clean.slice(-BUNDLE_EXTENSION.length);
  const stem = capBytes(clean.slice(0, -BUNDLE_EXTENSION.length), MAX_FILE_NAME_BYTES - BUNDLE_EXTENSION.length);
  return `${stem || FALLBACK_STEM}${extension}`;
}

/** The failure for a file name without the bundle extension. */
export const wrongExtension = (name: string): ServiceFailure => ({
  code: 'file_extension',
  detail: `"${name}" does not end in .gab. Nothing was stored.`,
});

export const hasBundleExtension = (name: string): boolean => name.toLowerCase().endsWith(BUNDLE_EXTENSION);

/** Never cuts inside a character. */
function capBytes(text: string, maxBytes: number): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += encoder.encode(character).byteLength;
    if (bytes > maxBytes) break;
    kept += character;
  }
  return kept;
}

/**
 * The name of a new avatar if the upload gave none: the manifest's, or else the file's without
 * `.gab`.
 */
export function defaultAvatarName(manifestName: string | undefined, originalName: string): string {
  const stem = originalName.slice(0, -BUNDLE_EXTENSION.length);
  for (const candidate of [manifestName, stem, printable(stem)]) {
    const parsed = avatarNameSchema.safeParse(candidate && cutToChars(candidate, MAX_AVATAR_NAME_CHARS).toWellFormed());
    if (parsed.success) return parsed.data;
  }
  return FALLBACK_STEM;
}

const printable = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '');

/** Those of the manifest's tags that are valid tags here. */
export function defaultTags(manifestTags: readonly string[] | undefined): string[] {
  const tags = (manifestTags ?? []).flatMap((tag) => tagSchema.safeParse(tag).data ?? []);
  return distinctTags(tags).slice(0, MAX_TAGS);
}

export const defaultDescription = (manifestDescription: string | undefined): string =>
  descriptionSchema.safeParse(manifestDescription).data ?? '';
