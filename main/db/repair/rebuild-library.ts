import { existsSync } from 'node:fs';
import type { Database as Connection } from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { timeForFileName } from '../../../node/json-file.ts';
import type { LibraryRepair } from '../../../shared/contract/library-repair.ts';
import { libraryStateWriter } from '../library-state-repository.ts';
import type { Queries } from '../queries.ts';
import * as schema from '../schema.ts';
import { damagedPath, rebuildingPath, removeLibrary, replaceDamaged } from './library-files.ts';
import { type Rescue, type RescuedRows, rescueRows } from './rescue-rows.ts';

/** A library that was just created. */
export interface NewLibrary {
  readonly connection: Connection;
  readonly db: BetterSQLite3Database<typeof schema>;
}

/**
 * Replaces a damaged library by a new one with everything of it that can be read and that the server
 * does not have. The damaged file is kept. Until the new one is complete, nothing is changed, so a
 * crash or a full disk only postpones it. Returns the path of the damaged file.
 */
export function rebuildLibrary(
  { path, migrationsDir }: { readonly path: string; readonly migrationsDir: string },
  create: (path: string) => NewLibrary,
): string {
  const newPath = rebuildingPath(path);
  const time = timeForFileName();
  const damagedFile = damagedPath(path, time);
  removeLibrary(newPath);
  const { connection, db } = create(newPath);
  try {
    const rescue = rescueRows(path, migrationsDir);
    db.transaction((tx) => fill(tx, rescue, damagedFile), { behavior: 'immediate' });
  } finally {
    connection.close();
  }
  replaceDamaged(path, time);
  return damagedFile;
}

function fill(db: Queries, rescue: Rescue, damagedFile: string): void {
  const operations = operationsFrom(rescue.operations);
  const transfers = transfersFrom(rescue.transfers);
  for (const row of operations.rows) db.insert(schema.operations).values(row).run();
  for (const row of transfers) db.insert(schema.transfers).values(row).run();
  for (const row of stagedFilesFrom(rescue.stagedFiles)) db.insert(schema.stagedFiles).values(row).run();
  // A loose one may have been answered long ago; its version is on the server in any case.
  for (const row of rescue.heldActivations.rows) db.insert(schema.heldActivations).values(row).run();
  for (const row of everyRow(rescue.watchFolders)) db.insert(schema.watchFolders).values(row).run();
  for (const row of everyRow(rescue.watchedFiles)) db.insert(schema.watchedFiles).values(row).run();
  for (const row of everyRow(rescue.pins)) db.insert(schema.pins).values(row).run();
  const uploads = transfers.filter((row) => row.kind === 'upload' && row.state !== 'done' && row.state !== 'cancelled');
  const { watchFolders, watchedFiles, pins } = rescue;
  const repair: LibraryRepair = {
    repairedAt: new Date().toISOString(),
    damagedFile,
    operations: { kept: operations.rows.length, isComplete: rescue.operations.isComplete },
    parkedOperations: operations.parked,
    uploads: { kept: uploads.length, isComplete: rescue.transfers.isComplete },
    settings: {
      kept: everyRow(watchFolders).length + everyRow(pins).length,
      isComplete: [watchFolders, watchedFiles, pins].every(({ isComplete }) => isComplete),
    },
  };
  libraryStateWriter(db).setRepair(repair);
}

function everyRow<Row>({ rows, loose }: RescuedRows<Row>): readonly Row[] {
  return [...rows, ...loose];
}

/** They come after the others, in their order. */
function looseInOrder<Row extends { readonly sequence?: number | undefined }>({ loose }: RescuedRows<Row>) {
  const oldestFirst = loose.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  return oldestFirst.map(({ sequence: _sequence, ...row }) => row);
}

/** A loose operation may have been sent or dropped long ago, so a person decides about it. */
function operationsFrom(rescued: Rescue['operations']) {
  const parked = looseInOrder(rescued).map((row) => ({ ...row, ...PARKED }));
  return { rows: [...rescued.rows, ...parked], parked: parked.length };
}

const PARKED = { state: 'refused', failure: { code: 'change_recovered' } } as const;

/** A loose file of ours that is gone was uploaded or discarded long ago; the others are offered again. */
function stagedFilesFrom(rescued: Rescue['stagedFiles']) {
  const loose = looseInOrder(rescued).filter(
    ({ path, isTemporary }) => isTemporary && path !== null && existsSync(path),
  );
  return [...rescued.rows, ...loose];
}

/** A loose upload without its copy was sent or canceled long ago. */
function transfersFrom(rescued: Rescue['transfers']) {
  const loose = looseInOrder(rescued).filter(({ copyPath }) => typeof copyPath === 'string' && existsSync(copyPath));
  return [...rescued.rows, ...loose];
}
