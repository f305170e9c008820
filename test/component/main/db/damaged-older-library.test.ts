import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openLibraryAt, pagesOf } from '../../../support/damaged-library.ts';
import { insertRow, makeOlderLibrary } from '../../../support/older-library.ts';
import { overwritePages } from '../../../support/overwrite-file.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

// How many migrations a library has whose transfers are without progress; in which `avatarUuid`
// means a version; in which only that is renamed; and in which only upload copies still have their
// old names.
const [WITHOUT_PROGRESS, BEFORE_RENAMING, HALF_RENAMED, BEFORE_COPIES] = [3, 7, 8, 9];

const AT = '2026-01-01T00:00:00.000Z';
const [MARA, VERSION] = [randomUUID(), randomUUID()];
const FIELDS = { fields: { name: 'Otto' }, base: { name: 'Mara' } };

const avatarColumn = (migrations: number) => (migrations >= BEFORE_COPIES ? 'avatar_uuid' : 'lineage_uuid');

const upload = (migrations: number, outboxPath: string) => ({
  id: randomUUID(),
  kind: 'upload',
  state: 'waiting',
  project_uuid: randomUUID(),
  file_name: 'mara.gab',
  avatar_name: 'Mara',
  total_bytes: 9,
  sha256: 'a'.repeat(64),
  outbox_path: outboxPath,
  [avatarColumn(migrations)]: MARA,
  new_name: 'Mara',
  new_tags: ['formal'],
  created_at: AT,
});

const edit = (migrations: number) => ({
  id: randomUUID(),
  request_key: randomUUID(),
  project_uuid: randomUUID(),
  [avatarColumn(migrations)]: MARA,
  intent: { kind: 'edit', [migrations > BEFORE_RENAMING ? 'versionUuid' : 'avatarUuid']: VERSION, ...FIELDS },
  by: 'Dana',
  state: 'waiting',
  created_at: AT,
});

/** Its upload copy exists where the program puts it before it opens the library. */
async function olderLibrary(migrations: number, more: (connection: Database.Database) => void = () => undefined) {
  const folder = await tempFolder();
  const [path, copyPath] = [join(folder, 'library.db'), join(folder, 'upload-copies', 'mara.gab')];
  await mkdir(join(folder, 'upload-copies'));
  await writeFile(copyPath, 'the bytes');
  await makeOlderLibrary(path, migrations, (connection) => {
    insertRow(connection, 'transfers', upload(migrations, join(folder, 'outbox', 'mara.gab')));
    insertRow(connection, 'operations', edit(migrations));
    more(connection);
  });
  return { path, copyPath };
}

const FIRST_PAGE = 1;
const rootOf = (path: string, table: string) => pagesOf(path, table)[0]?.page ?? expect.unreachable();

const keptUpload = (copyPath: string) => ({
  state: 'waiting',
  copyPath,
  avatarUuid: MARA,
  newTags: ['formal'],
  attempts: 0,
  doneBytes: 0,
});
const keptEdit = { avatarUuid: MARA, intent: { kind: 'edit', versionUuid: VERSION, ...FIELDS } };

describe.each([BEFORE_RENAMING, HALF_RENAMED, BEFORE_COPIES])('a damaged library with %i migrations', (migrations) => {
  it.each([
    ['projects', ['projects']],
    ['projects and migrations', ['projects', '__drizzle_migrations']],
  ])('keeps its waiting upload and its pending edit without the pages of its %s', async (_, tables) => {
    const { path, copyPath } = await olderLibrary(migrations);
    overwritePages(
      path,
      tables.map((table) => rootOf(path, table)),
    );
    const { database, movedTo } = openLibraryAt(path);
    const { read } = database;
    expect(movedTo).toHaveLength(1);
    expect(read.transfers.newestFirst()).toEqual([expect.objectContaining(keptUpload(copyPath))]);
    expect(read.operations.all()).toEqual([expect.objectContaining({ ...keptEdit, state: 'waiting' })]);
    expect(read.state.repair()).toMatchObject({
      operations: { kept: 1, isComplete: true },
      uploads: { kept: 1, isComplete: true },
    });
  });

  it('keeps the upload, and parks the edit, without its beginning', async () => {
    const { path, copyPath } = await olderLibrary(migrations);
    overwritePages(path, [FIRST_PAGE]);
    const { read } = openLibraryAt(path).database;
    expect(read.transfers.newestFirst()).toEqual([expect.objectContaining(keptUpload(copyPath))]);
    expect(read.operations.all()).toEqual([expect.objectContaining({ ...keptEdit, state: 'refused' })]);
  });
});

it('an operation of an older library that a migration cannot read is lost alone, and reported', async () => {
  const { path } = await olderLibrary(BEFORE_RENAMING, (connection) => {
    insertRow(connection, 'operations', { ...edit(BEFORE_RENAMING), intent: '{"kind":"edit","ava' });
    insertRow(connection, 'operations', edit(BEFORE_RENAMING));
  });
  overwritePages(path, [rootOf(path, 'projects')]);
  const { read } = openLibraryAt(path).database;
  expect(read.operations.all()).toEqual([expect.objectContaining(keptEdit), expect.objectContaining(keptEdit)]);
  expect(read.state.repair()?.operations).toEqual({ kept: 2, isComplete: false });
});

it('a damaged library from before there were operations has lost none', async () => {
  const path = join(await tempFolder(), 'library.db');
  await makeOlderLibrary(path, WITHOUT_PROGRESS, (connection) =>
    insertRow(connection, 'transfers', upload(WITHOUT_PROGRESS, '/copies/mara.gab')),
  );
  overwritePages(path, [rootOf(path, 'projects')]);
  const { read } = openLibraryAt(path).database;
  expect(read.transfers.newestFirst()).toEqual([expect.objectContaining(keptUpload('/copies/mara.gab'))]);
  expect(read.state.repair()).toMatchObject({
    operations: { kept: 0, isComplete: true },
    uploads: { kept: 1, isComplete: true },
  });
});

it('an upload that was stored before its table got more columns is found without the table', async () => {
  const folder = await tempFolder();
  const [path, copyPath] = [join(folder, 'library.db'), join(folder, 'mara.gab')];
  await writeFile(copyPath, 'the bytes');
  await makeOlderLibrary(path, WITHOUT_PROGRESS, (connection) =>
    insertRow(connection, 'transfers', upload(WITHOUT_PROGRESS, copyPath)),
  );
  openLibraryAt(path).database.close();
  overwritePages(path, [FIRST_PAGE]);
  const { read } = openLibraryAt(path).database;
  expect(read.transfers.newestFirst()).toEqual([expect.objectContaining(keptUpload(copyPath))]);
});
