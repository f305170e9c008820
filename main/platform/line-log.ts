import type { Log } from '../../node/log.ts';

/** One line of text for each entry, details as JSON, so that a person and a program can both read it. */
export function createLineLog(write: (line: string) => void): Log {
  const entry = (level: string) => (message: string, details?: Readonly<Record<string, unknown>>) => {
    const tail = details === undefined ? '' : ` ${JSON.stringify(details)}`;
    write(`${new Date().toISOString()} ${level} ${message}${tail}\n`);
  };
  return { info: entry('info'), warn: entry('warn'), error: entry('error') };
}
