import { cutToChars } from '../lib/text.ts';
import { avatarNameSchema } from './avatar-fields.ts';
import { fileStem } from './file-names.ts';
import { MAX_AVATAR_NAME_CHARS } from './limits.ts';

const UNPRINTABLE = /[\p{Cc}\p{Cf}\ud800-\udfff]/gu;

/**
 * The default name of a new avatar: the manifest's name, or the file name without its extension.
 */
export function suggestAvatarName(manifestName: string | null, fileName: string): string {
  const stem = fileStem(fileName);
  for (const candidate of [manifestName ?? '', stem, stem.replace(UNPRINTABLE, '')]) {
    const name = avatarNameSchema.safeParse(cutToChars(candidate, MAX_AVATAR_NAME_CHARS));
    if (name.success) return name.data;
  }
  return 'avatar';
}
