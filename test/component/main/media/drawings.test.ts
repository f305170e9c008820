import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { projectRowFrom, versionRowFrom } from '../../../../main/db/api-rows.ts';
import { type LocalDatabase, openLocalDatabase } from '../../../../main/db/local-database.ts';
import { createLibraryReads } from '../../../../main/library/library-reads.ts';
import { createRecheckDismissals } from '../../../../main/library/recheck-dismissals.ts';
import { createDrawings } from '../../../../main/media/drawings.ts';
import { avatarViewSchema } from '../../../../shared/contract/library.ts';
import { type DrawingFailure, PREVIEW_PROGRAM_VERSION } from '../../../../shared/contract/preview-frame.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { migrationsDir, tempDatabase } from '../../../support/local-database.ts';
import { insertRow, makeOlderLibrary, olderVersion } from '../../../support/older-library.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { newVersionUuid } from '../../../support/uuids.ts';

const PROJECT = randomUUID();
const SHA = 'd'.repeat(64);
const DAMAGED: DrawingFailure = { code: 'damaged', detail: 'portrait/face.png cannot be decoded' };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A library with one version of a file that is also staged as `stage-1`. */
function putVersion(database: LocalDatabase) {
  const row = versionRowFrom(avatarResponse({ project_uuid: PROJECT, sha256: SHA }));
  database.tryWrite((writers) => writers.versions.upsert(row));
  const changes: (readonly string[])[] = [];
  const savedAgain = new Set<string>();
  const drawings = createDrawings({
    database,
    log: silent,
    stagedHash: (stageId) => (stageId === 'stage-1' ? SHA : null),
    isUnchanged: (stageId) => Promise.resolve(!savedAgain.has(stageId)),
    onChange: (projectUuids) => changes.push(projectUuids),
  });
  const shown = () => createLibraryReads(database.read).avatars(PROJECT)[0]?.versions[0]?.drawingFailure;
  return { drawings, changes, shown, savedAgain, version: { kind: 'version', versionUuid: row.uuid } as const };
}

const reopen = (path: string) => {
  const database = openLocalDatabase({ path, migrationsDir, onQuarantine: () => expect.unreachable() });
  onTestFinished(() => database.close());
  return database;
};

it('a failure of the preview is shown with the version, also after a restart, until it is drawn', async () => {
  const path = join(await tempFolder(), 'library.db');
  const first = openLocalDatabase({ path, migrationsDir, onQuarantine: () => expect.unreachable() });
  const before = putVersion(first);
  await before.drawings.report(before.version, DAMAGED);
  expect(before.shown()).toEqual(DAMAGED);
  expect(before.changes).toEqual([[PROJECT]]);
  first.close();
  const after = putVersion(reopen(path));
  expect(after.shown()).toEqual(DAMAGED);
  await after.drawings.report(after.version, null);
  expect(after.shown()).toBeNull();
  expect(after.changes).toEqual([[PROJECT]]);
});

it('a failure with a staged file is shown with the version that has the same bytes', async () => {
  const { drawings, shown, changes } = putVersion(await tempDatabase());
  await drawings.report({ kind: 'staged', stageId: 'stage-1' }, DAMAGED);
  expect(shown()).toEqual(DAMAGED);
  await drawings.report({ kind: 'staged', stageId: 'stage-2' }, null);
  await drawings.report({ kind: 'version', versionUuid: newVersionUuid() }, null);
  expect(shown()).toEqual(DAMAGED);
  expect(changes).toEqual([[PROJECT]]);
});

it('a file that was saved again while it was previewed says nothing about the file that was inspected', async () => {
  const { drawings, shown, savedAgain } = putVersion(await tempDatabase());
  savedAgain.add('stage-1');
  await drawings.report({ kind: 'staged', stageId: 'stage-1' }, DAMAGED);
  expect(shown()).toBeNull();
});

it('drawing as before writes nothing and changes nothing on the screen', async () => {
  const { drawings, version, changes } = putVersion(await tempDatabase());
  await drawings.report(version, null);
  await drawings.report(version, DAMAGED);
  await drawings.report(version, DAMAGED);
  expect(changes).toEqual([[PROJECT]]);
});

it('what an older preview program could not draw is forgotten', async () => {
  const path = join(await tempFolder(), 'library.db');
  const library = putVersion(reopen(path));
  await library.drawings.report(library.version, DAMAGED);
  const other = new Database(path);
  other.prepare('update drawing_failures set program_version = ?').run(PREVIEW_PROGRAM_VERSION - 1);
  expect(library.shown()).toBeNull();
  await library.drawings.report(library.version, { code: 'unsupported', detail: '' });
  expect(library.shown()).toEqual({ code: 'unsupported', detail: '' });
  expect(other.prepare('select count(*) as rows from drawing_failures').get()).toEqual({ rows: 1 });
  other.close();
});

it('a library of an older program gets places for failures of the preview and for newer verdicts', async () => {
  const path = join(await tempFolder(), 'library.db');
  const version = olderVersion({ project_uuid: PROJECT, sha256: SHA });
  await makeOlderLibrary(path, 1, (connection) => insertRow(connection, 'avatars', version));
  const database = reopen(path);
  database.tryWrite((writers) => writers.drawingFailures.put(SHA, DAMAGED));
  const [avatar] = createLibraryReads(database.read).avatars(PROJECT);
  expect(avatar?.versions).toMatchObject([{ uuid: version.uuid, recheck: null, drawingFailure: DAMAGED }]);
});

it('a verdict of newer rules is stored with what the check said at the upload, until it is dismissed', async () => {
  const database = await tempDatabase();
  const at = '2026-11-02T04:22:00.000Z';
  const recheck = { at, upload_verdict: 'valid', upload_activatable: true } as const;
  const response = avatarResponse({ project_uuid: PROJECT, verdict: 'invalid', activatable: false, recheck });
  database.tryWrite((writers) => {
    writers.projects.upsert(projectRowFrom(projectResponse({ uuid: PROJECT })));
    writers.versions.upsert(versionRowFrom(response));
  });
  const reads = createLibraryReads(database.read);
  const [avatar] = reads.avatars(PROJECT);
  expect(avatarViewSchema.parse(avatar).versions[0]).toMatchObject({
    verdict: 'invalid',
    recheck: { at, uploadVerdict: 'valid', uploadActivatable: true },
  });
  expect(reads.projects()[0]?.rechecksDismissedUntil).toBeNull();
  const changed: string[] = [];
  createRecheckDismissals({ database, onChange: (projectUuid) => changed.push(projectUuid) }).dismiss(PROJECT, at);
  expect(reads.projects()[0]?.rechecksDismissedUntil).toBe(at);
  expect(changed).toEqual([PROJECT]);
});
