import { hasErrorCode } from '../node/error-code.ts';
import { runCommand } from './run-command.ts';
import { createTerminal } from './terminal.ts';

// `gabinet validate ... | head` closes the pipe early. That is not an error, so don't print a stack
// trace.
process.stdout.on('error', (error) => {
  if (!hasErrorCode(error, 'EPIPE')) throw error;
});

// Questions go to standard error, so that the output can still be piped.
const terminal = createTerminal(process.stdin, process.stderr);
const isAttended = process.stdin.isTTY && process.stderr.isTTY;

process.exitCode = await runCommand(process.argv.slice(2), {
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  ...(isAttended && { ask: terminal.ask }),
});
terminal.close();
