import process from 'node:process';
import { createInterface } from 'node:readline';
import { endWithBrokenOutput } from '../../node/broken-output.ts';
import { loadSettings } from '../load-settings.ts';
import { serverExitCodes } from './exit-codes.ts';
import { withEmptyTarget, withFirstInstallation, withInstallation } from './open-installation.ts';
import { runServerCommand } from './run-server-command.ts';

endWithBrokenOutput();
const settings = loadSettings(process.env, process.cwd());
if (settings.ok) {
  process.exitCode = await runServerCommand(process.argv.slice(2), {
    writeOut: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    readLine: () => (process.stdin.isTTY ? Promise.resolve(null) : firstLine()),
    storageLimits: settings.value.storageLimits,
    withDatabase: (work) => withInstallation(settings.value, ({ db }) => work(db)),
    withFirstDatabase: (work) => withFirstInstallation(settings.value, ({ db }) => work(db)),
    withInstallation: (work) => withInstallation(settings.value, work),
    withEmptyTarget: (work) => withEmptyTarget(settings.value, work),
  });
} else {
  process.stderr.write(`${settings.failure}\n`);
  process.exitCode = serverExitCodes.usage;
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}
