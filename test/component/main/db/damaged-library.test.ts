import { copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIB } from '../../../../shared/lib/sizes.ts';
import { integrityOf, libraryWithPendingWork, openLibraryAt, pagesOf } from '../../../support/damaged-library.ts';
import { overwrite, overwritePages } from '../../../support/overwrite-file.ts';

/** Bytes 12288-16383 of a library: the first page of its versions. */
const FOURTH_PAGE = 4;

describe('a library of which a page was overwritten while it was closed', () => {
  it('is set aside at the start, and what only it has is in the new one', async () => {
    const { path, operations, transfers, stagedFiles, heldActivations } = await libraryWithPendingWork();
    overwritePages(path, [FOURTH_PAGE]);
    const damaged = await readFile(path);
    const { database, movedTo, noticed } = openLibraryAt(path);
    const { read } = database;
    expect(read.operations.all()).toEqual(operations);
    expect(read.transfers.newestFirst()).toEqual(transfers);
    expect(read.stagedFiles.all()).toEqual(stagedFiles);
    expect(read.heldActivations.all()).toEqual(heldActivations);
    expect([read.pins.projectUuids().length, read.watchFolders.all()[0]?.path]).toEqual([1, '/exports']);
    expect([read.versions.countByProject().size, read.customers.all()]).toEqual([0, []]);
    const [keptAt = ''] = movedTo;
    expect(keptAt).toMatch(/library\.db\.damaged-\d{4}-\d{2}-\d{2}T[\d-]+\.\d{3}Z$/);
    expect(await readFile(keptAt)).toEqual(damaged);
    expect(read.state.repair()).toMatchObject({
      damagedFile: keptAt,
      operations: { kept: 3, isComplete: true },
      parkedOperations: 0,
      uploads: { kept: 2, isComplete: true },
      settings: { kept: 2, isComplete: true },
    });
    database.close();
    expect([integrityOf(path), movedTo.length, noticed()]).toEqual(['ok', 1, 0]);
  });

  it('is not set aside again at the next start, and its repair is known until it is dismissed', async () => {
    const { path } = await libraryWithPendingWork();
    overwritePages(path, [FOURTH_PAGE]);
    openLibraryAt(path).database.close();
    const second = openLibraryAt(path);
    expect(second.movedTo).toEqual([]);
    expect(second.database.read.state.repair()).not.toBeNull();
    second.database.tryWrite((writers) => writers.state.setRepair(null));
    second.database.close();
    expect(openLibraryAt(path).database.read.state.repair()).toBeNull();
  });

  it.each([
    ['the beginning of the file', [1]],
    ['the table of the operations', null],
  ])('parks the operations for a person to decide if they are found without %s', async (_, pages) => {
    const { path, operations } = await libraryWithPendingWork({ operations: 100 });
    const [root] = pagesOf(path, 'operations');
    overwritePages(path, pages ?? [root?.page ?? 0]);
    const { read } = openLibraryAt(path).database;
    expect(read.operations.all().map(({ id, intent }) => ({ id, intent }))).toEqual(
      operations.map(({ id, intent }) => ({ id, intent })),
    );
    expect(read.operations.all()[0]).toMatchObject({ state: 'refused', failure: { code: 'change_recovered' } });
    expect(read.state.repair()).toMatchObject({
      operations: { kept: 100, isComplete: false },
      parkedOperations: 100,
    });
  });

  it('does not bring back operations that were sent', async () => {
    const { path, operations } = await libraryWithPendingWork({ operations: 100 });
    const first = openLibraryAt(path).database;
    first.tryWrite((writers) => writers.operations.remove(operations.map(({ id }) => id)));
    first.close();
    overwritePages(path, [pagesOf(path, 'operations')[0]?.page ?? 0]);
    expect(openLibraryAt(path).database.read.operations.all()).toEqual([]);
  });

  it('is set aside if it is not a database at all', async () => {
    const { path } = await libraryWithPendingWork();
    await writeFile(path, 'this is not a database'.repeat(1000));
    const { database, movedTo } = openLibraryAt(path);
    expect([database.read.operations.all(), movedTo.length]).toEqual([[], 1]);
  });
});

describe('a library that is too large to be checked at every start', () => {
  /** Closed in order, so that no log is left. */
  async function largeDamagedLibrary() {
    const work = await libraryWithPendingWork();
    const connection = new Database(work.path);
    connection.exec(`create table filler (bytes blob); insert into filler values (zeroblob(${5 * MIB}))`);
    connection.close();
    overwritePages(work.path, [FOURTH_PAGE]);
    return work;
  }

  it('is set aside at the next start if a query finds it damaged', async () => {
    const { path, operations } = await largeDamagedLibrary();
    const first = openLibraryAt(path);
    expect(() => first.database.read.versions.trashed()).toThrow();
    expect(() => first.database.read.versions.countByProject()).not.toThrow();
    expect(first.database.tryWrite((_, readers) => readers.versions.trashed())).toMatchObject({
      ok: false,
      failure: { code: 'library_damaged' },
    });
    expect([first.noticed(), first.movedTo]).toEqual([1, []]);
    first.database.close();
    const second = openLibraryAt(path);
    expect(second.movedTo).toHaveLength(1);
    expect(second.database.read.operations.all()).toEqual(operations);
  });

  it('is checked after a crash, which leaves its log', async () => {
    const { path } = await largeDamagedLibrary();
    await writeFile(`${path}-wal`, '');
    expect(openLibraryAt(path).movedTo).toHaveLength(1);
  });
});

describe('JSON in a library that does not parse', () => {
  it('counts as damage, and the row is reported as lost', async () => {
    const { path, operations } = await libraryWithPendingWork();
    const connection = new Database(path);
    connection.prepare('update operations set intent = substr(intent, 1, 20) where id = ?').run(operations[0]?.id);
    connection.close();
    const first = openLibraryAt(path);
    expect(() => first.database.read.operations.all()).toThrow();
    expect(first.noticed()).toBe(1);
    first.database.close();
    const { read } = openLibraryAt(path).database;
    expect(read.operations.all()).toEqual(operations.slice(1));
    expect(read.state.repair()?.operations).toEqual({ kept: 2, isComplete: false });
  });
});

describe('rebuilding that a crash interrupted', () => {
  it('before the new library was complete, starts again', async () => {
    const { path, operations } = await libraryWithPendingWork();
    await writeFile(`${path}.rebuilding`, 'half of a library');
    overwritePages(path, [FOURTH_PAGE]);
    expect(openLibraryAt(path).database.read.operations.all()).toEqual(operations);
  });

  it.each(['before', 'after'])('%s the damaged file was moved, continues', async (when) => {
    const { path, operations } = await libraryWithPendingWork();
    const rebuilt = `${path}.rebuilt-2026-11-30T10-00-00.000Z`;
    await copyFile(path, rebuilt);
    overwritePages(path, [FOURTH_PAGE]);
    await writeFile(`${path}-wal`, 'of the damaged library');
    if (when === 'after') {
      await rename(`${path}-wal`, `${path}.damaged-2026-11-30T10-00-00.000Z-wal`);
      await rename(path, `${path}.damaged-2026-11-30T10-00-00.000Z`);
    }
    const { database, movedTo } = openLibraryAt(path);
    expect([database.read.operations.all(), movedTo]).toEqual([operations, []]);
    const names = (await readdir(dirname(path))).filter((name) => name.startsWith('library.db.'));
    expect(names.sort()).toEqual([
      'library.db.damaged-2026-11-30T10-00-00.000Z',
      'library.db.damaged-2026-11-30T10-00-00.000Z-wal',
    ]);
  });
});

it('opening fails if even the new library cannot be read, and everything is kept', async () => {
  const { path } = await libraryWithPendingWork();
  const before = await readFile(path);
  overwrite(path, 0, Buffer.alloc(16));
  // In the place where the new one would be built.
  await mkdir(`${path}.rebuilding`);
  expect(() => openLibraryAt(path)).toThrow();
  expect((await readFile(path)).subarray(16)).toEqual(before.subarray(16));
});

describe('a library whose schema is lost', () => {
  it('is rebuilt even if SQLite only misses its tables', async () => {
    const { path, operations } = await libraryWithPendingWork();
    const connection = new Database(path);
    connection.exec(`create table filler (bytes blob); insert into filler values (zeroblob(${5 * MIB}))`);
    connection.unsafeMode(true);
    connection.pragma('writable_schema = on');
    connection.exec("delete from sqlite_schema where tbl_name in ('__drizzle_migrations', 'operations')");
    connection.close();
    const { database, movedTo } = openLibraryAt(path);
    expect(movedTo).toHaveLength(1);
    expect(database.read.operations.all().map(({ id }) => id)).toEqual(operations.map(({ id }) => id));
  });

  it('or whose file is empty, as after a power cut, is not taken for a new one', async () => {
    const { path } = await libraryWithPendingWork();
    await writeFile(path, '');
    const { database, movedTo } = openLibraryAt(path);
    expect(movedTo).toHaveLength(1);
    expect(database.read.state.repair()?.operations).toEqual({ kept: 0, isComplete: false });
  });
});
