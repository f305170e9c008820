import { MIB } from '../../shared/lib/sizes.ts';

/**
 * Estimated bytes of graphics memory. Integrated graphics share 2 GiB or less with everything else
 * on the screen.
 */
export const MAX_GRAPHICS_BYTES = 1024 * MIB;
/** Ten times what the format recommends: slow, but it can still be drawn. */
export const MAX_DRAWN_TRIANGLES = 2_000_000;
/** Sides of a captured picture, in pixels: the format's limits for thumbnails. */
export const MIN_CAPTURE_PX = 64;
export const MAX_CAPTURE_PX = 1024;
/**
 * Compressed bytes of an mp3 or ogg that are decoded: about a minute. The rest of a long sample is
 * not played.
 */
export const MAX_SAMPLE_BYTES = MIB;
/** Seconds of a voice sample that are played. */
export const MAX_SAMPLE_SECONDS = 30;
/**
 * Characters of "Say something"; longer texts are cut. Nobody watches a mouth for more than two
 * minutes.
 */
export const MAX_SPOKEN_CHARS = 2000;
