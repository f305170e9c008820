import { endWithBrokenOutput } from '../node/broken-output.ts';
import { runCommand } from './run-command.ts';
import { createTerminal } from './terminal.ts';

endWithBrokenOutput();

// Questions go to standard error, so that the output can still be piped.
const terminal = createTerminal(process.stdin, process.stderr);
const isAttended = process.stdin.isTTY && process.stderr.isTTY;

process.exitCode = await runCommand(process.argv.slice(2), {
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  ...(isAttended && { ask: terminal.ask }),
});
terminal.close();
