/** Messages of the shell itself, beside the contract's channels. The page cannot name them: only the preload sends them. */
export const EVENT_CHANNEL = 'shell.event';
export const STAGE_CHANNEL = 'shell.stageFiles';
