import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { errorCodeOf, reasonOf } from '../node/error-code.ts';
import { makePrivateFolder } from '../node/private-folder.ts';
import { loadSettings } from './load-settings.ts';

/**
 * The server process: settings from the environment, one line on stdout when it is ready (after one
 * with a setup link if it has no administrator), and a clean shutdown on SIGTERM or SIGINT.
 */
const settings = loadSettings(process.env, process.cwd());
if (!settings.ok) {
  process.stderr.write(`${settings.failure}\n`);
  process.exit(2);
}

const { dataDir, logLevel, logFile } = settings.value;
try {
  // PostgreSQL's account may have to enter.
  await makePrivateFolder(dataDir, { groupMayEnter: true });
} catch (error) {
  refuseSetting(`DATA_DIR: ${dataDir} cannot be made or opened (${errorCodeOf(error)}).`);
}
// Keeps compiled code for the next start. It is stored below DATA_DIR, where nobody else can write.
enableCompileCache(join(dataDir, 'compile-cache'));
const { pino } = await import('pino');
const { createLog } = await import('./create-log.ts');
const { openLogFile } = await import('../node/log-file.ts');
const { runServer } = await import('./run-server.ts');

const log = createLog(logLevel, logDestination());

// A signal during startup takes effect after it, so the server never stops half started. A second
// signal kills the process.
const signalled = new Promise<NodeJS.Signals>((resolve) => {
  process.once('SIGTERM', resolve);
  process.once('SIGINT', resolve);
});

try {
  const server = await runServer(settings.value, log);
  if (server.setupUrl !== null) process.stdout.write(`setup: ${server.setupUrl}\n`);
  process.stdout.write(`listening on ${server.url}\n`);
  log.info({ signal: await signalled }, 'shutting down');
  await server.close();
  process.exit(0);
} catch (error) {
  log.fatal({ err: error }, 'the server could not start or shut down');
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}

function logDestination() {
  if (logFile === null) return pino.destination({ dest: 2, sync: true });
  try {
    return openLogFile(logFile);
  } catch (error) {
    return refuseSetting(`LOG_FILE: ${logFile.path} cannot be written (${errorCodeOf(error)}).`);
  }
}

function refuseSetting(problem: string): never {
  process.stderr.write(`Some settings are not valid. Correct them and start the server again:\n  ${problem}\n`);
  return process.exit(2);
}
