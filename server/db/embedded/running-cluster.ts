import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ifMissing } from '../../../node/error-code.ts';
import { findClusterPlace } from './cluster-place.ts';
import { clusterDirOf } from './cluster-process.ts';
import { maintenanceUrl, PASSWORD_FILE } from './embedded-postgres.ts';

/** Lines of `postmaster.pid`, counted from zero. */
const PORT_LINE = 3;
const STATUS_LINE = 7;

/**
 * The maintenance database of the PostgreSQL that the owner of `dataDir`, a running server, has
 * there. Throws if the server is just starting or stopping.
 */
export async function findRunningPostgres(dataDir: string): Promise<string> {
  const dir = resolve(dataDir);
  const place = await findClusterPlace(dir);
  const port = place === null ? null : await readyPort(clusterDirOf(place));
  if (port === null) {
    throw new Error(`The server that uses ${dir} is starting or stopping. Try again in a moment.`);
  }
  const password = await readFile(join(dir, PASSWORD_FILE), 'utf8');
  return maintenanceUrl(port, password.trim());
}

/** PostgreSQL writes this file line by line while it starts, and removes it when it has stopped. */
async function readyPort(clusterDir: string): Promise<number | null> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(ifMissing(''));
  const lines = text.split('\n').map((line) => line.trim());
  return lines[STATUS_LINE] === 'ready' ? Number(lines[PORT_LINE]) : null;
}
