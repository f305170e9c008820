/** Channels of the Electron shell itself, next to the contract's. Only the preload uses them: the page cannot name them. */
export const EVENT_CHANNEL = 'shell.event';
export const STAGE_CHANNEL = 'shell.stageFiles';
