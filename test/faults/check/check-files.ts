import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { sha256Hex } from '../../../node/sha256.ts';
import type { ServerAvatar } from './read-server.ts';

/** Beyond every age at which the server takes a file for forgotten. */
const OLD_MS = 3 * 24 * 3_600_000;
const SWEEP_LIMIT_MS = 30_000;
const SWEEPS = ['sweep_orphans', 'sweep_upload_sessions'] as const;

/** Every stored file is there and its bytes are its row's. */
export async function checkFiles(dataDir: string, avatars: readonly ServerAvatar[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { uuid, sha256, file_size, has_thumbnail } of avatars) {
    const bytes = await readFile(join(dataDir, 'uploads', 'avatars', `${uuid}.gab`)).catch(() => null);
    if (bytes === null) found.push(`the file of avatar ${uuid} is not there`);
    else if (bytes.byteLength !== file_size || sha256Hex(bytes) !== sha256) {
      found.push(`the file of avatar ${uuid} has other bytes than its row says`);
    }
    const picture =
      has_thumbnail && (await stat(join(dataDir, 'uploads', 'thumbnails', `${uuid}.webp`)).catch(() => null));
    if (picture === null) found.push(`the picture of avatar ${uuid} is not there`);
  }
  return found;
}

/**
 * Makes all files in the server's folder old, runs the server's own cleanup jobs, and returns files
 * without an owner. No request may be running at the same time.
 */
export async function checkOrphans(sql: Pool, dataDir: string, limitMs = SWEEP_LIMIT_MS): Promise<readonly string[]> {
  const folders = ['uploads/avatars', 'uploads/thumbnails', 'incoming/sessions'].map((name) => join(dataDir, name));
  for (const folder of folders) await makeOld(folder);
  const isSwept = await sweep(sql, limitMs);
  const avatars = await column(sql, 'select uuid from avatars');
  const sessions = await column(sql, 'select uuid from upload_sessions');
  const found = await Promise.all(
    folders.map(async (folder, at) => {
      const owners = at === 2 ? sessions : avatars;
      // The sweep leaves every file alone while there is no avatar at all.
      const names = at < 2 && owners.size === 0 ? [] : await namesIn(folder);
      return names
        .filter((name) => !owners.has(basename(name).slice(0, 36)))
        .map((name) => `nobody owns ${folder}/${name}`);
    }),
  );
  return isSwept ? found.flat() : [...found.flat(), 'the sweeps did not end'];
}

/**
 * What is received in one request and was left there by a crash is swept when the server starts:
 * call this after it did.
 */
export async function checkIncoming(dataDir: string): Promise<readonly string[]> {
  const names = await namesIn(join(dataDir, 'incoming'));
  return names.filter((name) => name !== 'sessions').map((name) => `nobody owns incoming/${name}`);
}

export async function makeOld(folder: string): Promise<void> {
  const old = new Date(Date.now() - OLD_MS);
  for (const name of await namesIn(folder)) await utimes(join(folder, name), old, old);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function column(sql: Pool, statement: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ uuid: string }>(statement);
  return new Set(rows.map(({ uuid }) => uuid));
}

async function sweep(sql: Pool, limitMs: number): Promise<boolean> {
  for (const name of SWEEPS) {
    await sql.query('select graphile_worker.add_job($1, json_build_object(), job_key => $2)', [name, `fault-${name}`]);
  }
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    const { rows } = await sql.query(`select 1 from graphile_worker.jobs where key like 'fault-%' limit 1`);
    if (rows.length === 0) return true;
    await delay(15);
  }
  return false;
}
