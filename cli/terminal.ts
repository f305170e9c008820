import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Asks the user at a terminal, one line per question. */
export interface Terminal {
  /** The next line without its end; empty when the input has ended. */
  readonly ask: (question: string) => Promise<string>;
  /** Releases the input, so that the process can end. */
  readonly close: () => void;
}

/**
 * Reads lines only once something is asked. Lines that arrive early (pasted together) wait for their question; one reader
 * per question would lose them.
 */
export function createTerminal(input: Readable, output: Writable): Terminal {
  const early: string[] = [];
  let waiting: ((line: string) => void) | null = null;
  let lines: Interface | null = null;
  let hasEnded = false;
  const open = () => {
    const reader = createInterface({ input, output });
    const answer = (line: string) => {
      const resolve = waiting;
      waiting = null;
      resolve?.(line);
    };
    reader.on('line', (line) => {
      if (waiting) answer(line);
      else early.push(line);
    });
    reader.on('close', () => {
      hasEnded = true;
      answer('');
    });
    return reader;
  };
  return {
    ask: (question) => {
      lines ??= open();
      const ready = early.shift() ?? (hasEnded ? '' : undefined);
      if (!hasEnded) {
        // The reader's own prompt: it knows what stands before the line that is edited.
        lines.setPrompt(question);
        lines.prompt();
      }
      if (ready !== undefined) return Promise.resolve(ready);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    close: () => lines?.close(),
  };
}
