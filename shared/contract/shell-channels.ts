/**
 * Channels of the Electron shell, in addition to those of the contract. Only the preload uses them;
 * the page can't name them.
 */
export const EVENT_CHANNEL = 'shell.event';
export const STAGE_CHANNEL = 'shell.stageFiles';
