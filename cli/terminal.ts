import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Asks the user at a terminal, one line per question. */
export interface Terminal {
  /** Returns the next line without its line break; empty at the end of the input. */
  readonly ask: (question: string) => Promise<string>;
  /** Releases the input, so that the process can end. */
  readonly close: () => void;
}

/**
 * Reads lines only after the first question. Lines that arrive early (pasted together) are kept for
 * later questions; a separate reader per question would lose them.
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
        // The reader's own prompt, so that it redraws the line correctly while it is edited.
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
