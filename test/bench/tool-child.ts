import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { answerCalls } from './child-calls.ts';

// Starts other programs for a benchmark, in a separate process: to start a program, a process is
// duplicated, and afterwards it pays for each page of memory that it writes to. A check right after
// that takes 280 ms instead of 225.

export interface ToolCall {
  readonly command: string;
  readonly args: readonly string[];
}

const run = promisify(execFile);

answerCalls(async ({ command, args }: ToolCall) => {
  await run(command, [...args]);
});
