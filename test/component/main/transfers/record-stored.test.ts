import { describe, expect, it } from 'vitest';
import { projectRowFrom, versionRowFrom } from '../../../../main/db/api-rows.ts';
import type { LocalDatabase } from '../../../../main/db/local-database.ts';
import { recordStored } from '../../../../main/transfers/record-stored.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { tempDatabase } from '../../../support/local-database.ts';

const project = projectResponse();
const avatar = { ...avatarResponse({ project_uuid: project.uuid }), activation: 'activated' as const };

/** A library with the project and an upload that the server has just answered. */
async function library(): Promise<LocalDatabase> {
  const database = await tempDatabase();
  database.tryWrite((writers) => {
    writers.projects.upsert(projectRowFrom(project));
    writers.transfers.insert({
      id: 'upload',
      kind: 'upload',
      state: 'checking',
      projectUuid: project.uuid,
      fileName: 'mara.gab',
      avatarName: 'Mara',
      totalBytes: 1000,
      sha256: avatar.sha256,
      activate: true,
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });
  return database;
}

function record(database: LocalDatabase): void {
  database.tryWrite((writers, readers) => {
    const transfer = readers.transfers.find('upload');
    if (transfer === null) throw new Error('it was inserted');
    recordStored(transfer, { kind: 'stored', avatar }, { writers, readers, actor: 'Dana' });
  });
}

describe('recordStored', () => {
  it('adds and activates a new version in the transaction that ends the transfer', async () => {
    const database = await library();
    record(database);
    expect(database.read.transfers.find('upload')).toMatchObject({ state: 'done', versionUuid: avatar.uuid });
    expect(database.read.versions.find(avatar.uuid)).toEqual(versionRowFrom(avatar));
    expect(database.read.projects.find(project.uuid)).toMatchObject({
      active: { versionUuid: avatar.uuid },
      activeSetBy: 'Dana',
      activations: [{ uuid: 'upload', from: null, to: { versionUuid: avatar.uuid }, how: 'upload', by: 'Dana' }],
    });
  });

  it('does not overwrite newer changes from the feed with a late response', async () => {
    const database = await library();
    const since = { ...versionRowFrom(avatar), name: 'Renamed', deletedAt: '2026-02-02T00:00:00.000Z' };
    const cleared = { active: null, activeSetBy: 'Ada', activeSetAt: '2026-02-02T00:00:00.000Z', activations: [] };
    database.tryWrite((writers) => {
      writers.versions.upsert(since);
      writers.projects.setActive(project.uuid, cleared);
    });
    record(database);
    expect(database.read.transfers.find('upload')?.state).toBe('done');
    expect(database.read.versions.find(avatar.uuid)).toEqual(since);
    expect(database.read.projects.find(project.uuid)).toMatchObject(cleared);
  });

  it('stores the version of a project that is not in the library yet', async () => {
    const database = await library();
    database.tryWrite((writers) => writers.projects.remove(project.uuid));
    record(database);
    expect(database.read.versions.find(avatar.uuid)?.uuid).toBe(avatar.uuid);
  });
});
