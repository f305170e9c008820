import { runCommand } from './run-command.ts';

// `gabinet validate ... | head` closes the pipe early: nothing to report, and no stack trace either.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommand(process.argv.slice(2), {
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
