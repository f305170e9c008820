/**
 * Longer than an outage of a slow connection, short enough to keep abandoned uploads from filling a
 * disk.
 */
export const DEFAULT_UPLOAD_SESSION_HOURS = 24;
/** Two weeks. The received bytes occupy disk space for as long. */
export const MAX_UPLOAD_SESSION_HOURS = 336;
