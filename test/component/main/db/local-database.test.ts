import { randomUUID } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pictureHashFrom, projectRowFrom, versionRowFrom } from '../../../../main/db/api-rows.ts';
import { openLocalDatabase } from '../../../../main/db/local-database.ts';
import type { NewTransferRow } from '../../../../main/db/schema.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { migrationsDir, tempDatabase } from '../../../support/local-database.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { asAvatarUuid, newAvatarUuid } from '../../../support/uuids.ts';

const transfer = (more: Partial<NewTransferRow> = {}): NewTransferRow => ({
  id: randomUUID(),
  kind: 'upload',
  state: 'waiting',
  projectUuid: 'p',
  fileName: 'a.gab',
  avatarName: 'A',
  totalBytes: 1,
  sha256: 'x',
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

describe('openLocalDatabase', () => {
  it('opens a file of an earlier run with all of its rows', async () => {
    const path = join(await tempFolder(), 'deep', 'library.db');
    const options = { path, migrationsDir, onQuarantine: () => undefined };
    const first = openLocalDatabase(options);
    first.tryWrite((writers) => writers.state.setSyncedAt('2026-01-01T00:00:00.000Z'));
    first.close();
    const second = openLocalDatabase(options);
    expect(second.read.state.syncedAt()).toBe('2026-01-01T00:00:00.000Z');
    second.close();
  });

  it('sets a damaged file aside and creates a new one', async () => {
    const folder = await tempFolder();
    const path = join(folder, 'library.db');
    await writeFile(path, 'this is not a database, and it is long enough to look like one'.repeat(100));
    const moved: string[] = [];
    const database = openLocalDatabase({ path, migrationsDir, onQuarantine: (to) => moved.push(to) });
    expect(database.read.projects.all()).toEqual([]);
    database.close();
    expect(moved).toHaveLength(1);
    expect(await readdir(folder)).toContain(moved[0]?.split('/').at(-1));
  });

  it('rolls back a transaction that throws', async () => {
    const database = await tempDatabase();
    const broken = () =>
      database.tryWrite((writers) => {
        writers.projects.upsert(projectRowFrom(projectResponse()));
        throw new Error('in the middle');
      });
    expect(broken).toThrow('in the middle');
    expect(database.read.projects.all()).toEqual([]);
  });
});

describe('the repositories', () => {
  it('store a version as the server sent it', async () => {
    const database = await tempDatabase();
    const row = versionRowFrom(avatarResponse({ tags: ['formal', '白い'], issues: [{ code: 'X', severity: 'info' }] }));
    database.tryWrite((writers) => writers.versions.upsert(row));
    expect(database.read.versions.find(row.uuid)).toEqual(row);
  });

  it('count avatars rather than versions, without those in the trash', async () => {
    const database = await tempDatabase();
    const project = randomUUID();
    const avatar = newAvatarUuid();
    database.tryWrite((writers) => {
      for (const version of [1, 2]) {
        const more = { project_uuid: project, lineage_uuid: avatar, version };
        writers.versions.upsert(versionRowFrom(avatarResponse(more)));
      }
      const trashed = { project_uuid: project, deleted_at: '2026-01-02T00:00:00.000Z' };
      writers.versions.upsert(versionRowFrom(avatarResponse(trashed)));
    });
    expect(database.read.versions.countByProject().get(project)).toBe(1);
    expect(database.read.versions.trashed()).toHaveLength(1);
    expect(database.read.versions.ofProject(project)).toHaveLength(3);
  });

  it('change name and tags of all versions of an avatar together', async () => {
    const database = await tempDatabase();
    const avatar = newAvatarUuid();
    const rows = [1, 2].map((version) => versionRowFrom(avatarResponse({ lineage_uuid: avatar, version })));
    database.tryWrite((writers) => {
      for (const row of rows) writers.versions.upsert(row);
      writers.versions.setAvatarFields(avatar, { name: 'Mara the Second', tags: ['new'] });
    });
    for (const row of rows) expect(database.read.versions.find(row.uuid)).toMatchObject({ name: 'Mara the Second' });
  });

  it('list each picture once', async () => {
    const database = await tempDatabase();
    database.tryWrite((writers) => {
      for (const version of [1, 2]) writers.versions.upsert(versionRowFrom(avatarResponse({ version })));
      writers.versions.upsert(versionRowFrom(avatarResponse({ thumbnail_url: null })));
    });
    expect(database.read.versions.pictures(10)).toHaveLength(1);
  });

  it('keep transfers in the order in which they were requested, and never store one twice', async () => {
    const database = await tempDatabase();
    const [first, second] = [transfer(), transfer({ state: 'done' })];
    database.tryWrite((writers) => {
      writers.transfers.insert(first);
      writers.transfers.insert(second);
    });
    expect(database.read.transfers.newestFirst().map((row) => row.id)).toEqual([second.id, first.id]);
    expect(database.read.transfers.inStates(['waiting']).map((row) => row.id)).toEqual([first.id]);
    expect(() => database.tryWrite((writers) => writers.transfers.insert(first))).toThrow();
  });

  it('set the avatar of uploads that waited for it', async () => {
    const database = await tempDatabase();
    const leader = transfer();
    const follower = transfer({ followsId: leader.id });
    const other = transfer({ followsId: 'somebody else' });
    database.tryWrite((writers) => {
      for (const row of [leader, follower, other]) writers.transfers.insert(row);
      writers.transfers.resolveFollowers(leader.id, asAvatarUuid('avatar'));
    });
    expect(database.read.transfers.find(follower.id)?.avatarUuid).toBe('avatar');
    expect(database.read.transfers.find(other.id)?.avatarUuid).toBeNull();
  });
});

describe('pictureHashFrom', () => {
  it('returns the hash in the address', () => {
    expect(pictureHashFrom('/api/x/thumbnail?v=0123456789abcdef')).toBe('0123456789abcdef');
    expect(pictureHashFrom(null)).toBeNull();
  });

  it.each(['/x?v=../../etc/passwd', '/x?v=', '/x', '/x?v=ABC'])('returns null for %s', (address) => {
    expect(pictureHashFrom(address)).toMatch(/^[0-9a-f]{64}$/);
  });
});
