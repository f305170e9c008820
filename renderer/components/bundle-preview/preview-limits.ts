import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { MIB } from '../../../shared/lib/sizes.ts';

/** From handing the bytes over until the avatar stands there; what takes longer would not be fit to be shown to anybody. */
export const LOAD_LIMIT_MS = 10 * SECOND_MS;
/** From making the frame until its program answers: it is loaded from this machine. */
export const START_LIMIT_MS = 10 * SECOND_MS;
/** How often a frame is asked whether it is alive. */
export const PING_INTERVAL_MS = SECOND_MS;
/** A frame that answered nothing for this long is not slow but stuck: several hundred of its pictures would have been drawn. */
export const SILENCE_LIMIT_MS = 6 * SECOND_MS;
/** How long a picture may take: one drawing and one PNG. */
export const CAPTURE_LIMIT_MS = 10 * SECOND_MS;
/** Bytes on the graphics side, as the frame counts them; a second look at its own limit, from outside. */
export const MEMORY_LIMIT_BYTES = 1024 * MIB;
