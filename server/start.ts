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

try {
  const server = await runServer(settings.value, log);
  process.stdout.write(`listening on ${server.url}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'ending');
      server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ err: error }, 'the server did not end cleanly');
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  log.fatal({ err: error }, 'the server could not start');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
