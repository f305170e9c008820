// The preload's copies of the names in main/ipc/electron/shell-channels.ts: the two rooms may not import each other, and a
// test compares them.
export const EVENT_CHANNEL = 'shell.event';
export const STAGE_CHANNEL = 'shell.stageFiles';

/** MAX_BUNDLE_BYTES of shared/domain, which this room may not import either; compared by the same test. */
export const MAX_STAGED_BYTES = 50 * 1024 * 1024;
