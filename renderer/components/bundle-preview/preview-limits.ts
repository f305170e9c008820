import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { MIB } from '../../../shared/lib/sizes.ts';

/**
 * From handing over the bytes until the avatar is shown. An avatar that needs longer isn't usable
 * in an application.
 */
export const LOAD_LIMIT_MS = 10 * SECOND_MS;
/** From creating the frame until its program replies. The program is loaded from this computer. */
export const START_LIMIT_MS = 10 * SECOND_MS;
/** How often a frame is asked whether it still runs. */
export const PING_INTERVAL_MS = SECOND_MS;
/**
 * A frame without a reply for this long is stuck, not slow: it would have drawn several hundred
 * pictures.
 */
export const SILENCE_LIMIT_MS = 6 * SECOND_MS;
/** One drawing and one PNG. */
export const CAPTURE_LIMIT_MS = 10 * SECOND_MS;
/**
 * Graphics memory as the frame reports it. The frame has its own limit; this one is checked outside
 * of it.
 */
export const MEMORY_LIMIT_BYTES = 1024 * MIB;
