/** Longer than a bad day of a slow line, shorter than what a disk full of abandoned uploads would take. */
export const DEFAULT_UPLOAD_SESSION_HOURS = 24;
/** Two weeks: what was sent takes room on the disk for as long. */
export const MAX_UPLOAD_SESSION_HOURS = 336;
