import { MAX_FILE_BYTES } from '../gab/limits.ts';

/** Largest bundle, in bytes: every size that the format allows can be uploaded. */
export const MAX_BUNDLE_BYTES = MAX_FILE_BYTES;

export const MAX_AVATAR_NAME_CHARS = 80;
export const MAX_DESCRIPTION_CHARS = 2000;
export const MAX_TAGS = 16;
export const MAX_TAG_CHARS = 32;
export const MAX_PROJECT_NAME_CHARS = 120;

/** Longest stored original file name, in UTF-8 bytes: the limit of the common file systems. */
export const MAX_FILE_NAME_BYTES = 255;
