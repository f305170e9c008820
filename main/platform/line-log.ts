import type { Log } from '../../node/log.ts';

/** Writes one line of text per entry, with details as JSON, readable for people and programs. */
export function createLineLog(write: (line: string) => void): Log {
  const entry = (level: string) => (message: string, details?: Readonly<Record<string, unknown>>) => {
    const tail = details === undefined ? '' : ` ${JSON.stringify(details)}`;
    write(`${new Date().toISOString()} ${level} ${message}${tail}\n`);
  };
  return { info: entry('info'), warn: entry('warn'), error: entry('error') };
}
