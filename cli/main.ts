import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { runCommand } from './run-command.ts';

// `gabinet validate ... | head` closes the pipe early: nothing to report, and no stack trace either.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** One line from the person at the terminal. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // The end of the input answers nothing.
    return await Promise.race([lines.question(question), once(lines, 'close').then(() => '')]);
  } finally {
    lines.close();
  }
}

process.exitCode = await runCommand(process.argv.slice(2), {
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
});
