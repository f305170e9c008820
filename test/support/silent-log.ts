import type { Log } from '../../node/log.ts';

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
