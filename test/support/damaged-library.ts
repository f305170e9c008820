import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { versionRowFrom } from '../../main/db/api-rows.ts';
import { type LocalDatabase, openLocalDatabase } from '../../main/db/local-database.ts';
import type { NewOperationRow, NewStagedFileRow, NewTransferRow } from '../../main/db/schema.ts';
import { avatarResponse } from './library-rows.ts';
import { migrationsDir } from './local-database-path.ts';
import { tempFolder } from './temp-folder.ts';
import { newAvatarUuid, newVersionUuid } from './uuids.ts';

const AT = '2026-01-01T00:00:00.000Z';

export interface PendingWork {
  readonly path: string;
  /** As the library returns them, oldest first. */
  readonly operations: ReturnType<LocalDatabase['read']['operations']['all']>;
  readonly transfers: ReturnType<LocalDatabase['read']['transfers']['newestFirst']>;
  /** A sheet with a file in it, and an uploaded version about which a person is asked. */
  readonly stagedFiles: ReturnType<LocalDatabase['read']['stagedFiles']['all']>;
  readonly heldActivations: ReturnType<LocalDatabase['read']['heldActivations']['all']>;
}

export interface Opened {
  readonly database: LocalDatabase;
  /** Where damaged files were moved. */
  readonly movedTo: readonly string[];
  readonly noticed: () => number;
}

/** Opens a library that is closed with the test at the latest. */
export function openLibraryAt(path: string): Opened {
  const movedTo: string[] = [];
  let noticed = 0;
  const database = openLocalDatabase({
    path,
    migrationsDir,
    onQuarantine: (to) => movedTo.push(to),
    onDamage: () => {
      noticed += 1;
    },
  });
  onTestFinished(() => database.close());
  return { database, movedTo, noticed: () => noticed };
}

function operation(number: number): NewOperationRow {
  const versionUuid = newVersionUuid();
  const fields = { name: `Mara ${number}`, description: 'x'.repeat((number * 37) % 300) };
  return {
    id: randomUUID(),
    requestKey: randomUUID(),
    projectUuid: randomUUID(),
    avatarUuid: newAvatarUuid(),
    intent: { kind: 'edit', versionUuid, fields, base: { name: 'Mara', description: '' } },
    by: 'Dana',
    state: 'waiting',
    createdAt: AT,
  };
}

function upload(copyPath: string): NewTransferRow {
  const common = { projectUuid: randomUUID(), fileName: 'mara.gab', avatarName: 'Mara', totalBytes: 10 };
  const news = { newName: 'Mara', newTags: ['formal'], description: 'first' };
  return {
    ...common,
    ...news,
    id: randomUUID(),
    kind: 'upload',
    state: 'waiting',
    sha256: 'a'.repeat(64),
    copyPath,
    createdAt: AT,
  };
}

function staged(path: string): NewStagedFileRow {
  return {
    stageId: randomUUID(),
    projectUuid: randomUUID(),
    fileName: 'otto.gab',
    path,
    sizeBytes: 9,
    isTemporary: true,
    modifiedAtMs: 1_700_000_000_000.25,
    choice: { name: 'Otto', tags: 'formal', description: 'blue', activate: false },
  };
}

/** A closed library with versions from the server, and with work that only it knows. */
export async function libraryWithPendingWork({ operations = 3, versions = 20 } = {}): Promise<PendingWork> {
  const path = join(await tempFolder(), 'library.db');
  const { database } = openLibraryAt(path);
  const copies = ['one', 'two'].map((name) => join(dirname(path), name));
  for (const file of [...copies, join(dirname(path), 'staged')]) await writeFile(file, 'the bytes');
  database.feed.tryWrite((rows) => {
    for (let number = 0; number < versions; number += 1) rows.putVersion(versionRowFrom(avatarResponse()));
  });
  database.tryWrite((writers) => {
    for (let number = 0; number < operations; number += 1) writers.operations.insert(operation(number));
    for (const copy of copies) writers.transfers.insert(upload(copy));
    writers.stagedFiles.insert(staged(join(dirname(path), 'staged')));
    writers.heldActivations.replace({ versionUuid: newVersionUuid(), projectUuid: randomUUID(), heldAt: AT });
    writers.pins.put(randomUUID(), AT);
    writers.watchFolders.upsert({ projectUuid: randomUUID(), path: '/exports', mode: 'offer' });
  });
  const { operations: operationRows, transfers, stagedFiles, heldActivations } = database.read;
  const work = {
    path,
    operations: operationRows.all(),
    transfers: transfers.newestFirst(),
    stagedFiles: stagedFiles.all(),
    heldActivations: heldActivations.all(),
  };
  database.close();
  return work;
}

/** The pages of a table, leaves in the order of their rows, with the number of rows on each. */
export function pagesOf(path: string, table: string): readonly { page: number; kind: string; rows: number }[] {
  const connection = new Database(path);
  try {
    return connection
      .prepare<[string], { page: number; kind: string; rows: number }>(
        'select pageno as page, pagetype as kind, ncell as rows from dbstat where name = ? order by path',
      )
      .all(table);
  } finally {
    connection.close();
  }
}

/** `ok`, or what SQLite finds wrong. */
export function integrityOf(path: string): unknown {
  const connection = new Database(path);
  try {
    return connection.pragma('integrity_check', { simple: true });
  } finally {
    connection.close();
  }
}
