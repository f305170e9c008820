import { SECOND_MS } from '../../shared/lib/durations.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';
import type { CommandOutput } from '../command-output.ts';

/** How far one file is. */
export interface Progress {
  /** Bytes of the file that have arrived. */
  moved(doneBytes: number): void;
  says(text: string): void;
  /** Clears the bar; the result is printed by the command. */
  end(): void;
}

export interface ProgressOf {
  readonly name: string;
  readonly totalBytes: number;
}

/** A bar that is redrawn more often costs processor time and says nothing more. */
const REDRAW_MS = SECOND_MS / 10;
/** In a pipe one line for each tenth, so that a log stays short. */
const LINE_PERCENT = 10;
const BAR_CHARS = 24;
const CLEAR_LINE = '\r\u001b[K';

/**
 * On a terminal a bar, in a pipe plain lines; on standard error, so that the output stays clean.
 */
export function showProgress(output: CommandOutput, file: ProgressOf): Progress {
  return output.isTerminal ? bar(output, file) : lines(output, file);
}

const percentOf = (doneBytes: number, totalBytes: number): number =>
  totalBytes === 0 ? 100 : Math.min(100, Math.floor((doneBytes * 100) / totalBytes));

function bar({ writeError }: CommandOutput, { name, totalBytes }: ProgressOf): Progress {
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  const draw = (doneBytes: number) => {
    const percent = percentOf(doneBytes, totalBytes);
    const filled = Math.round((percent * BAR_CHARS) / 100);
    const picture = `${'='.repeat(filled)}${'-'.repeat(BAR_CHARS - filled)}`;
    writeError(
      `${CLEAR_LINE}${picture} ${percent} %  ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}  ${name}`,
    );
  };
  return {
    moved: (doneBytes) => {
      const nowMs = performance.now();
      if (nowMs - drawnAtMs < REDRAW_MS && doneBytes < totalBytes) return;
      drawnAtMs = nowMs;
      draw(doneBytes);
    },
    says: (text) => writeError(`${CLEAR_LINE}${text}`),
    end: () => writeError(CLEAR_LINE),
  };
}

function lines({ writeError }: CommandOutput, { name, totalBytes }: ProgressOf): Progress {
  let lastStep = 0;
  return {
    moved: (doneBytes) => {
      const step = Math.floor(percentOf(doneBytes, totalBytes) / LINE_PERCENT);
      if (step <= lastStep) return;
      lastStep = step;
      writeError(`${name}: ${step * LINE_PERCENT} %\n`);
    },
    says: (text) => writeError(`${name}: ${text}`),
    end: () => undefined,
  };
}
