import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Calls back with each line that a child writes to stdout or stderr, and returns the last `kept` of
 * them, a list that grows and moves along: for an error message about the child's end.
 */
export function collectLines(
  child: Pick<ChildProcess, 'stdout' | 'stderr'>,
  { kept, onLine }: { readonly kept: number; readonly onLine: (line: string) => void },
): readonly string[] {
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > kept) lastLines.shift();
      onLine(line);
    });
  }
  return lastLines;
}
