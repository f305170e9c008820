import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { avatarListSchema } from '../../../shared/api/avatars.ts';
import { mustBe, newMachine, signIn, startApplication, transfersIn, until } from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { insertRow, makeOlderLibrary } from '../../support/older-library.ts';
import { runningServer } from '../../support/running-server.ts';
import { putVersions } from '../../support/stored-versions.ts';
import { NO_VERSION } from '../../support/uuids.ts';

/** The schema in which `avatarUuid` meant a version, `lineageUuid` an avatar, and upload copies were in `outbox`. */
const BEFORE_RENAMING = 7;
const AT = '2026-01-01T00:00:00.000Z';

type Row = Readonly<Record<string, unknown>>;

/** Rows of today's library with the column names of the older one. */
function readRows(path: string, table: string): Row[] {
  const connection = new Database(path, { readonly: true });
  const rows = connection.prepare(`select * from ${table}`).all() as Row[];
  connection.close();
  return rows.map(({ avatar_uuid: avatarUuid, ...row }) =>
    avatarUuid === undefined ? row : { ...row, lineage_uuid: avatarUuid },
  );
}

function olderActive(active: unknown): string | null {
  if (typeof active !== 'string') return null;
  const { versionUuid, avatarUuid, ...rest } = JSON.parse(active) as Record<string, unknown>;
  return JSON.stringify({ ...rest, avatarUuid: versionUuid, lineageUuid: avatarUuid });
}

function olderProject({
  deleted_at: _deletedAt,
  activations: _activations,
  active,
  ...row
}: Readonly<Record<string, unknown>>) {
  return { ...row, active: olderActive(active) };
}

function olderVersion({ recheck: _recheck, ...row }: Readonly<Record<string, unknown>>) {
  return row;
}

/** Replaces an account's library by the same one as an older program left it, with what `fill` adds. */
async function downgrade(folder: string, fill: (connection: Database.Database) => void): Promise<void> {
  const path = join(folder, 'library.db');
  const [customers, projects, versions] = ['customers', 'projects', 'versions'].map((table) => readRows(path, table));
  for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true });
  await makeOlderLibrary(path, BEFORE_RENAMING, (connection) => {
    for (const row of customers ?? []) insertRow(connection, 'customers', row);
    for (const row of projects ?? []) insertRow(connection, 'projects', olderProject(row));
    for (const row of versions ?? []) insertRow(connection, 'avatars', olderVersion(row));
    fill(connection);
  });
}

it('a library of an older program opens and finishes its pending edits and uploads', async () => {
  const server = await runningServer();
  const [first = NO_VERSION, second = NO_VERSION] = await putVersions(server, 2, true);
  const projectUuid = server.projects.desk.uuid;
  const machine = await newMachine();
  const before = await startApplication(machine, server.url);
  await signIn(before, server.url, server.people.dana);
  const mara = mustBe(await before.library.avatars({ projectUuid }))[0]?.avatarUuid;
  await before.stop();

  const accounts = join(machine.userDataDir, 'accounts');
  const folder = join(accounts, (await readdir(accounts))[0] ?? '');
  const upload = { id: randomUUID(), bytes: buildBundle({ name: 'Otto', version: '1.0.0' }) };
  await rm(join(folder, 'upload-copies'), { recursive: true });
  await mkdir(join(folder, 'outbox'));
  const copyPath = join(folder, 'outbox', `${upload.id}.gab`);
  await writeFile(copyPath, upload.bytes);
  const operation = { project_uuid: projectUuid, lineage_uuid: mara, by: 'Dana', created_at: AT };
  await downgrade(folder, (connection) => {
    insertRow(connection, 'operations', {
      ...operation,
      id: randomUUID(),
      request_key: randomUUID(),
      state: 'sending',
      intent: { kind: 'activate', avatarUuid: first, expectedActiveUuid: second, onConflict: 'ask' },
    });
    insertRow(connection, 'operations', {
      ...operation,
      id: randomUUID(),
      request_key: randomUUID(),
      state: 'waiting',
      intent: { kind: 'edit', avatarUuid: second, fields: { name: 'Marla' }, base: { name: 'Mara' } },
    });
    insertRow(connection, 'operations', {
      ...operation,
      id: randomUUID(),
      request_key: randomUUID(),
      state: 'refused',
      intent: { kind: 'trash', avatarUuid: second, scope: 'version' },
      failure: { code: 'forbidden', title: 'You may not do that', detail: 'Your account is read-only.' },
    });
    insertRow(connection, 'transfers', {
      id: upload.id,
      kind: 'upload',
      state: 'sending',
      project_uuid: projectUuid,
      file_name: 'otto.gab',
      avatar_name: 'Otto',
      new_name: 'Otto',
      new_tags: [],
      total_bytes: upload.bytes.byteLength,
      sha256: sha256Hex(upload.bytes),
      outbox_path: copyPath,
      done_bytes: 10,
      created_at: AT,
    });
  });

  const after = await startApplication(machine, server.url, 200);
  await transfersIn(after, 'done');
  await until(async () => mustBe(await after.operations.list()).length === 1);
  expect(mustBe(await after.operations.list())).toMatchObject([
    { kind: 'trash', state: 'refused', failure: { code: 'forbidden' } },
  ]);
  const response = await server.client(server.people.dana.token).get(`/api/customer/projects/${projectUuid}/avatars`);
  const { avatars } = avatarListSchema.parse(await response.json());
  expect(avatars.find(({ uuid }) => uuid === first)).toMatchObject({ is_active: true, name: 'Marla' });
  expect(avatars.map(({ name }) => name)).toContain('Otto');
  expect(await readdir(join(folder, 'upload-copies'))).toEqual([]);
  expect(await readdir(folder)).not.toContain('outbox');
});
