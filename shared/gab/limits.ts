import { KIB, MIB } from '../lib/sizes.ts';

// Limits of the format (gab-format 2.5). Sizes are in bytes, uncompressed unless stated otherwise.

/** The customer's plan says "50MB max"; this reads it as MiB. */
export const MAX_FILE_BYTES = 50 * MIB;
/** Avatars above this size load slowly on phones (plan, recommendation 3). */
export const LARGE_BUNDLE_BYTES = 10 * MIB;

export const MAX_ENTRIES = 256;
export const MAX_ENTRY_BYTES = 64 * MIB;
export const MAX_TOTAL_BYTES = 128 * MIB;

/** A deflated entry may grow by this factor at most; real models reach 4, a bomb 1000. */
export const MAX_RATIO = 100;
/** Below this size the ratio is not checked: short runs of zeros are legitimate. */
export const RATIO_FREE_BYTES = 64 * KIB;

export const MAX_PATH_BYTES = 180;
export const MAX_PATH_SEGMENTS = 4;

export const MAX_MANIFEST_BYTES = 256 * KIB;
export const MAX_MANIFEST_DEPTH = 16;
export const MAX_ASSETS = 254;

export const MAX_THUMBNAIL_BYTES = 512 * KIB;
export const MIN_THUMBNAIL_PX = 64;
export const MAX_THUMBNAIL_PX = 1024;
/** Smaller thumbnails look blurred on the cards. */
export const GOOD_THUMBNAIL_PX = 256;
export const MAX_PORTRAIT_PX = 4096;

export const MAX_GLB_JSON_BYTES = 8 * MIB;
/** What a phone can draw at 30 frames per second. */
export const MAX_TRIANGLES = 200_000;
export const MAX_SPLAT_POINTS = 2_000_000;
/**
 * How much the gzip splats (SPZ 1 to 3) of a bundle may unpack to in total: the runtime holds them
 * in memory like the entries.
 */
export const MAX_SPLATS_UNPACKED_BYTES = 128 * MIB;
export const MAX_PLY_HEADER_BYTES = 64 * KIB;

/**
 * A report never has more findings, so that a hostile file can't flood a screen or a database row.
 */
export const MAX_FINDINGS = 100;

/**
 * The version of the avatar runtime that this product ships with; `minRuntime` is compared with it.
 */
export const RUNTIME_VERSION = '1.0.0';
/** The newest manifest version that this reader supports. */
export const GAB_MAJOR = 1;
export const GAB_MINOR = 0;

/** The media type, which is also the content of the entry `mimetype`. */
export const GAB_MEDIA_TYPE = 'application/vnd.generative-avatar-bundle+zip';
export const GAB_FILE_EXTENSION = '.gab';
