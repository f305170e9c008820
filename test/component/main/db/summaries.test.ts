import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { projectRowFrom, versionRowFrom } from '../../../../main/db/api-rows.ts';
import { openLocalDatabase } from '../../../../main/db/local-database.ts';
import type { AvatarResponse } from '../../../../shared/api/avatars.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { migrationsDir, tempDatabase } from '../../../support/local-database.ts';
import { insertRow, makeOlderLibrary, olderVersion } from '../../../support/older-library.ts';
import { bundleSummary } from '../../../support/summaries.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { newAvatarUuid, newVersionUuid } from '../../../support/uuids.ts';

const summary = bundleSummary();
const sha = (digit: string) => digit.repeat(64);

async function libraryOf(versions: readonly Partial<AvatarResponse>[]) {
  const database = await tempDatabase();
  database.tryWrite((writers) => {
    for (const version of versions) writers.versions.upsert(versionRowFrom(avatarResponse(version)));
  });
  const wanted = (limit = 100) => database.read.summaries.wanted(limit).map(({ sha256 }) => sha256[0]);
  return { database, wanted };
}

describe('summaries', () => {
  it('are added to a library of an older program without losing its rows', async () => {
    const path = join(await tempFolder(), 'library.db');
    const onQuarantine = (): never => {
      throw new Error('The older library was given up');
    };
    await makeOlderLibrary(path, 1, (connection) =>
      insertRow(connection, 'avatars', olderVersion({ sha256: sha('7') })),
    );
    const database = openLocalDatabase({ path, migrationsDir, onQuarantine });
    expect(database.read.summaries.wanted(10)).toMatchObject([{ sha256: sha('7') }]);
    database.tryWrite((writers) => writers.summaries.put(sha('7'), summary));
    expect(database.read.summaries.find(sha('7'))).toEqual(summary);
    database.close();
  });

  it('are stored by the hash of their file, null for a file that is not a bundle', async () => {
    const { database } = await libraryOf([]);
    expect(database.read.summaries.find(sha('a'))).toBeUndefined();
    database.tryWrite(({ summaries }) => {
      summaries.put(sha('a'), summary);
      summaries.put(sha('b'), null);
    });
    expect(database.read.summaries.find(sha('a'))).toEqual(summary);
    expect(database.read.summaries.find(sha('b'))).toBeNull();
  });

  it('of an older program are ignored and replaced', async () => {
    const path = join(await tempFolder(), 'library.db');
    const options = { path, migrationsDir, onQuarantine: () => undefined };
    const before = openLocalDatabase(options);
    before.tryWrite(({ summaries }) => summaries.put(sha('a'), summary));
    before.close();
    const raw = new Database(path);
    raw.prepare('update summaries set summary_version = 0').run();
    raw.close();
    const database = openLocalDatabase(options);
    expect(database.read.summaries.find(sha('a'))).toBeUndefined();
    database.tryWrite(({ summaries }) => summaries.put(sha('a'), summary));
    expect(database.read.summaries.find(sha('a'))).toEqual(summary);
    database.close();
  });

  it('are wanted for the active version, and for the newest version of each avatar outside the trash', async () => {
    const avatar = newAvatarUuid();
    const live = newVersionUuid();
    const { database, wanted } = await libraryOf([
      { uuid: live, lineage_uuid: avatar, version: 1, sha256: sha('1'), created_at: '2026-01-01T00:00:00.000Z' },
      { lineage_uuid: avatar, version: 2, sha256: sha('2') },
      { lineage_uuid: avatar, version: 3, sha256: sha('3') },
      { lineage_uuid: avatar, version: 4, sha256: sha('4'), deleted_at: '2026-02-01T00:00:00.000Z' },
      { sha256: sha('5'), container: 'opaque' },
      { sha256: sha('6'), created_at: '2026-03-01T00:00:00.000Z' },
    ]);
    const active = { uuid: live, lineage_uuid: avatar, name: 'Mara', version: 1, thumbnail_url: null };
    database.tryWrite((writers) => writers.projects.upsert(projectRowFrom(projectResponse({ active_avatar: active }))));
    expect(wanted()).toEqual(['1', '6', '3']);
    expect(wanted(1)).toEqual(['1']);
    database.tryWrite(({ summaries }) => summaries.put(sha('3'), null));
    // A version with a stored summary is not wanted, and version 2 does not replace it.
    expect(wanted()).toEqual(['1', '6']);
  });

  it('of files that no version has are removed', async () => {
    const { database } = await libraryOf([{ sha256: sha('1') }]);
    database.tryWrite(({ summaries }) => {
      for (const digit of ['1', '2']) summaries.put(sha(digit), summary);
      summaries.removeUnused();
    });
    expect(database.read.summaries.find(sha('1'))).toEqual(summary);
    expect(database.read.summaries.find(sha('2'))).toBeUndefined();
  });
});
