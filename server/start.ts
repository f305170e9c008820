import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { readSettings } from './settings.ts';

/** The process: settings from the environment, one line on stdout when ready, a clean end on SIGTERM or SIGINT. */
const settings = readSettings(process.env, process.cwd());
if (!settings.ok) {
  process.stderr.write(`${settings.failure}\n`);
  process.exit(2);
}

// The next start need not strip and compile everything again. Below DATA_DIR, where nobody else can write.
enableCompileCache(join(settings.value.dataDir, 'compile-cache'));
const { pino } = await import('pino');
const { runServer } = await import('./run-server.ts');

const log = pino({ level: settings.value.logLevel }, pino.destination({ dest: 2, sync: true }));

// Asked to end while it starts, the server starts and ends: half a start is never left behind. Asked twice, it is killed.
const signalled = new Promise<NodeJS.Signals>((resolve) => {
  process.once('SIGTERM', resolve);
  process.once('SIGINT', resolve);
});

try {
  const server = await runServer(settings.value, log);
  process.stdout.write(`listening on ${server.url}\n`);
  log.info({ signal: await signalled }, 'ending');
  await server.close();
  process.exit(0);
} catch (error) {
  log.fatal({ err: error }, 'the server could not start or end');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
