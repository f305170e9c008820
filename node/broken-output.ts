import process from 'node:process';
import { errorCodeOf } from './error-code.ts';

const FAILED = 1;

/**
 * Decides how a command ends if its output cannot be written. `gabinet validate ... | head` closes
 * the pipe early, which fails nothing: the command completes its work. On a full disk the output is
 * incomplete, so the exit code says that the command failed. Neither is a bug with a stack trace.
 */
export function endWithBrokenOutput(): void {
  process.stdout.on('error', (error) => {
    const code = errorCodeOf(error);
    if (code === 'EPIPE') return;
    process.stderr.write(`The output cannot be written (${code}).\n`);
    process.once('exit', () => {
      process.exitCode ||= FAILED;
    });
  });
  // There is nobody left to tell.
  process.stderr.on('error', () => undefined);
}
