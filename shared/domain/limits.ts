import { MIB } from '../lib/sizes.ts';

/** Largest bundle, in bytes: the customer's plan ("50MB max"), read as MiB like the format's section 2.5. */
export const MAX_BUNDLE_BYTES = 50 * MIB;

/** From here on, in bytes, the upload sheet warns: avatars above 10 MB load slowly on phones (plan, recommendation 3). */
export const LARGE_BUNDLE_BYTES = 10 * MIB;

export const MAX_AVATAR_NAME_CHARS = 80;
export const MAX_DESCRIPTION_CHARS = 2000;
export const MAX_TAGS = 16;
export const MAX_TAG_CHARS = 32;
export const MAX_PROJECT_NAME_CHARS = 120;

/** Longest stored original file name, in UTF-8 bytes: the limit of the common file systems. */
export const MAX_FILE_NAME_BYTES = 255;
