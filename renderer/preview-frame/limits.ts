import { MIB } from '../../shared/lib/sizes.ts';

/** Estimated bytes on the graphics side; integrated graphics share 2 GiB or less with everything else on the screen. */
export const MAX_GRAPHICS_BYTES = 1024 * MIB;
/** Ten times the format's own advice: what is drawn at all, slowly. */
export const MAX_DRAWN_TRIANGLES = 2_000_000;
/** Sharper than this no eye sees on a preview, and every step costs four times the pixels. */
export const MAX_PIXEL_RATIO = 2;
/** Sides of a captured picture, in pixels: the format's limits for thumbnails. */
export const MIN_CAPTURE_PX = 64;
export const MAX_CAPTURE_PX = 1024;
/** Compressed bytes of an mp3 or ogg that are decoded: about a minute; the rest of a long sample is not heard. */
export const MAX_SAMPLE_BYTES = MIB;
/** Seconds of a voice sample that are played. */
export const MAX_SAMPLE_SECONDS = 30;
/** Characters of "say something"; what is longer is cut: nobody watches a mouth for more than two minutes. */
export const MAX_SPOKEN_CHARS = 2000;
