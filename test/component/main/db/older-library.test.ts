import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type LocalDatabase, openLocalDatabase } from '../../../../main/db/local-database.ts';
import { failureSchema } from '../../../../shared/contract/failure.ts';
import { migrationsDir } from '../../../support/local-database.ts';
import { insertRow, makeOlderLibrary, olderVersion } from '../../../support/older-library.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { asVersionUuid } from '../../../support/uuids.ts';

/** The schema in which `avatarUuid` meant a version, `lineageUuid` an avatar, and upload copies were in `outbox`. */
const BEFORE_RENAMING = 7;
const PROJECT = '00000000-0000-4000-8000-0000000000aa';
const MARA = '00000000-0000-4000-8000-0000000000a0';
const [MARA_1, MARA_2] = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000a2'];
const AT = '2026-01-01T00:00:00.000Z';

const operation = (id: string, more: Readonly<Record<string, unknown>>) => ({
  id,
  request_key: `key-${id}`,
  project_uuid: PROJECT,
  lineage_uuid: MARA,
  by: 'Dana',
  state: 'waiting',
  created_at: AT,
  ...more,
});

const transfer = (id: string, more: Readonly<Record<string, unknown>>) => ({
  id,
  kind: 'upload',
  state: 'waiting',
  project_uuid: PROJECT,
  file_name: 'mara.gab',
  avatar_name: 'Mara',
  total_bytes: 1000,
  sha256: 'b'.repeat(64),
  created_at: AT,
  ...more,
});

/** By transfer: failures as they were stored when they had sentences. */
const OLDER_FAILURES = {
  unreachable: {
    code: 'offline',
    title: 'The server does not answer',
    detail: 'https://gabinet.example.com cannot be reached from here.',
    hint: 'Check the network connection, then try again.',
  },
  gateway: {
    code: 'offline',
    title: 'The server cannot answer just now',
    detail: 'https://gabinet.example.com:8443 answered with status 502.',
  },
  portal: {
    code: 'not_a_server',
    title: 'That is not a Gabinet server',
    detail: 'http://localhost answered (status 200), but not in the language of this application.',
  },
  full: { code: 'disk', title: 'The disk is full', detail: 'There is not enough free space.' },
  damaged: { code: 'internal', title: 'The file arrived damaged', detail: 'Its checksum is different.' },
  bug: { code: 'internal', title: 'Something went wrong here', detail: 'This is a fault of the application.' },
  server: { code: 'internal', title: 'Internal error', detail: 'Something went wrong on the server.' },
  other: { code: 'disk', title: 'T', detail: 'D.', hint: 'H.' },
} as const;

function fill(connection: Database.Database): void {
  insertRow(connection, 'avatars', olderVersion({ uuid: MARA_1, project_uuid: PROJECT, lineage_uuid: MARA }));
  insertRow(connection, 'projects', {
    uuid: PROJECT,
    customer_uuid: 'c',
    customer_name: 'Aurora',
    name: 'Concierge desk',
    created_at: AT,
    active: { avatarUuid: MARA_1, lineageUuid: MARA, name: 'Mara', version: 1, pictureHash: null },
  });
  insertRow(
    connection,
    'operations',
    operation('activate', {
      intent: { kind: 'activate', avatarUuid: MARA_2, expectedActiveUuid: MARA_1, onConflict: 'ask' },
    }),
  );
  insertRow(
    connection,
    'operations',
    operation('none', {
      lineage_uuid: null,
      intent: { kind: 'activate', avatarUuid: null, expectedActiveUuid: MARA_1, onConflict: 'ask' },
    }),
  );
  insertRow(
    connection,
    'operations',
    operation('edit', {
      state: 'refused',
      intent: { kind: 'edit', avatarUuid: MARA_1, fields: { name: 'Marla' }, base: { name: 'Mara' } },
      failure: { code: 'forbidden', title: 'T', detail: 'D' },
    }),
  );
  insertRow(
    connection,
    'transfers',
    transfer('upload', {
      lineage_uuid: MARA,
      outbox_path: '/home/dana/outbox/accounts/x/outbox/upload.gab',
      done_bytes: 400,
    }),
  );
  insertRow(
    connection,
    'transfers',
    transfer('windows', { outbox_path: 'C:\\Users\\Dana\\accounts\\x\\outbox\\windows.gab' }),
  );
  insertRow(
    connection,
    'transfers',
    transfer('done', { state: 'done', avatar_uuid: MARA_2, stored_lineage_uuid: MARA, version: 2 }),
  );
  for (const [id, failure] of Object.entries(OLDER_FAILURES)) {
    insertRow(connection, 'transfers', transfer(id, { state: 'refused', failure }));
  }
  insertRow(connection, 'watched_files', {
    project_uuid: PROJECT,
    path: '/w/mara.gab',
    size_bytes: 1,
    modified_at_ms: 2,
    sha256: 'c'.repeat(64),
    lineage_uuid: MARA,
  });
}

async function openOlder(): Promise<LocalDatabase> {
  const path = join(await tempFolder(), 'library.db');
  await makeOlderLibrary(path, BEFORE_RENAMING, fill);
  const onQuarantine = (): never => {
    throw new Error('The older library was given up');
  };
  return openLocalDatabase({ path, migrationsDir, onQuarantine });
}

describe('a library from before failures were codes with parameters', () => {
  it('keeps them: known ones with their parameters, others with their sentences', async () => {
    const database = await openOlder();
    const { read } = database;
    const failureOf = (id: string) => read.transfers.find(id)?.failure;
    expect(read.operations.find('edit')?.failure).toEqual({ code: 'forbidden', detail: 'D' });
    const serverUrl = 'https://gabinet.example.com';
    expect(failureOf('unreachable')).toEqual({ code: 'offline', serverUrl, status: null });
    expect(failureOf('gateway')).toEqual({ code: 'offline', serverUrl: `${serverUrl}:8443`, status: 502 });
    expect(failureOf('portal')).toEqual({ code: 'not_a_server', serverUrl: 'http://localhost', status: 200 });
    expect(failureOf('full')).toEqual({ code: 'disk_full' });
    expect(failureOf('damaged')).toEqual({ code: 'download_damaged' });
    expect(failureOf('bug')).toEqual({ code: 'unexpected' });
    expect(failureOf('server')).toEqual({ code: 'internal', detail: 'Something went wrong on the server.' });
    expect(failureOf('other')).toEqual({ code: 'unexpected', message: 'T. D. H.' });
    expect(failureOf('done')).toBeNull();
    database.close();
  });

  it('gives them a form that the screen accepts', async () => {
    const database = await openOlder();
    const { read } = database;
    for (const id of Object.keys(OLDER_FAILURES)) {
      expect(failureSchema.safeParse(read.transfers.find(id)?.failure).success, id).toBe(true);
    }
    database.close();
  });
});

describe('a library from before versions and avatars were renamed', () => {
  it('keeps its versions and what is active', async () => {
    const database = await openOlder();
    const { read } = database;
    expect(read.versions.find(asVersionUuid(MARA_1))).toMatchObject({ uuid: MARA_1, avatarUuid: MARA });
    expect(read.projects.all()[0]?.active).toEqual({
      versionUuid: MARA_1,
      avatarUuid: MARA,
      name: 'Mara',
      version: 1,
      pictureHash: null,
    });
    expect(read.projects.all()[0]?.activations).toEqual([]);
    database.close();
  });

  it('keeps pending and parked operations', async () => {
    const database = await openOlder();
    const { read } = database;
    expect(read.operations.find('activate')).toMatchObject({
      avatarUuid: MARA,
      intent: {
        kind: 'activate',
        versionUuid: MARA_2,
        expectedActiveUuid: MARA_1,
        onConflict: 'ask',
        how: 'choice',
        undoes: null,
      },
    });
    expect(read.operations.find('activate')?.intent).not.toHaveProperty('avatarUuid');
    expect(read.operations.find('none')).toMatchObject({ avatarUuid: null, intent: { versionUuid: null } });
    expect(read.operations.find('edit')).toMatchObject({
      state: 'refused',
      intent: { versionUuid: MARA_1, fields: { name: 'Marla' }, base: { name: 'Mara' } },
    });
    database.close();
  });

  it('keeps unfinished uploads and the results of finished ones', async () => {
    const database = await openOlder();
    const { read } = database;
    expect(read.transfers.find('upload')).toMatchObject({ avatarUuid: MARA, doneBytes: 400 });
    expect(read.transfers.find('upload')?.copyPath).toBe('/home/dana/outbox/accounts/x/upload-copies/upload.gab');
    expect(read.transfers.find('windows')?.copyPath).toBe('C:\\Users\\Dana\\accounts\\x\\upload-copies\\windows.gab');
    expect(read.transfers.find('done')).toMatchObject({ versionUuid: MARA_2, storedAvatarUuid: MARA, version: 2 });
    database.close();
  });

  it('keeps the avatar of a watched file', async () => {
    const database = await openOlder();
    const { read } = database;
    expect(read.watchFolders.file(PROJECT, '/w/mara.gab')).toMatchObject({ avatarUuid: MARA });
    database.close();
  });
});
