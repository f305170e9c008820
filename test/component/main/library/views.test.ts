import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { projectRowFrom, versionRowFrom } from '../../../../main/db/api-rows.ts';
import { auditSummary } from '../../../../main/library/audit-words.ts';
import { createLibraryReads } from '../../../../main/library/library-reads.ts';
import { parsePictureAddress, thumbnailAddress } from '../../../../main/media/picture-address.ts';
import { avatarEntrySchema, avatarViewSchema, projectViewSchema } from '../../../../shared/contract/library.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { newAvatarUuid, newVersionUuid } from '../../../support/uuids.ts';

describe('createLibraryReads', () => {
  it('groups versions into avatars, newest first, and marks exactly the active one', async () => {
    const database = await tempDatabase();
    const project = randomUUID();
    const avatarUuid = newAvatarUuid();
    const versions = [1, 2, 3].map((version) =>
      versionRowFrom(avatarResponse({ project_uuid: project, lineage_uuid: avatarUuid, version })),
    );
    const live = versions[1];
    if (live === undefined) throw new Error('three were made');
    database.tryWrite((writers) => {
      writers.projects.upsert({
        ...projectRowFrom(projectResponse({ uuid: project })),
        active: { ...live, versionUuid: live.uuid, name: 'an older name' },
      });
      for (const row of versions) writers.versions.upsert(row);
    });
    const reads = createLibraryReads(database.read);
    const [avatar] = reads.avatars(project);
    expect(avatarViewSchema.parse(avatar)).toEqual(avatar);
    expect(avatar?.versions.map((version) => [version.version, version.isActive])).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ]);
    const [view] = reads.projects();
    expect(projectViewSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({ avatarCount: 1, active: { versionUuid: live.uuid, name: 'Mara' } });
    expect(view?.confirmedActive).toEqual(view?.active);
  });

  it('lists the avatars of all projects by their newest version, without the trash', async () => {
    const database = await tempDatabase();
    const trashed = { ...projectRowFrom(projectResponse()), deletedAt: '2026-01-01T00:00:00.000Z' };
    const [desk, kiosk] = [projectResponse({ name: 'Desk' }), projectResponse({ name: 'Kiosk' })];
    const ofDesk = { project_uuid: desk.uuid, lineage_uuid: newAvatarUuid(), name: 'Mara' };
    const [one, two, other, gone] = [
      avatarResponse({ ...ofDesk, version: 1 }),
      avatarResponse({ ...ofDesk, version: 2, tags: ['formal'] }),
      avatarResponse({ project_uuid: kiosk.uuid, name: 'Otto' }),
      avatarResponse({ project_uuid: trashed.uuid }),
    ].map(versionRowFrom);
    if (!(one && two && other && gone)) throw new Error('four were made');
    database.tryWrite((writers) => {
      writers.projects.upsert({ ...projectRowFrom(desk), active: { ...one, versionUuid: one.uuid } });
      for (const project of [projectRowFrom(kiosk), trashed]) writers.projects.upsert(project);
      for (const row of [two, one, other, gone]) writers.versions.upsert(row);
      writers.versions.upsert({ ...two, uuid: newVersionUuid(), version: 3, deletedAt: '2026-01-01T00:00:00.000Z' });
    });
    const entries = createLibraryReads(database.read).avatarEntries();
    expect(avatarEntrySchema.array().parse(entries)).toEqual(entries);
    expect(entries.toSorted((a, b) => a.name.localeCompare(b.name))).toMatchObject([
      { name: 'Mara', version: 2, tags: ['formal'], projectUuid: desk.uuid, isActive: true },
      { name: 'Otto', version: 1, projectUuid: kiosk.uuid, isActive: false },
    ]);
  });

  it('shows an avatar both in the library and in the trash if it has versions in both', async () => {
    const database = await tempDatabase();
    const [project, avatarUuid] = [randomUUID(), newAvatarUuid()];
    const base = { project_uuid: project, lineage_uuid: avatarUuid };
    database.tryWrite((writers) => {
      writers.versions.upsert(versionRowFrom(avatarResponse({ ...base, version: 1 })));
      const deleted_at = '2026-01-02T00:00:00.000Z';
      writers.versions.upsert(versionRowFrom(avatarResponse({ ...base, version: 2, deleted_at })));
    });
    const reads = createLibraryReads(database.read);
    expect(reads.avatars(project)[0]?.versions.map((one) => one.version)).toEqual([1]);
    expect(reads.trash()[0]?.versions.map((one) => one.version)).toEqual([2]);
  });

  it('lists trashed projects, the last deleted first, without showing their avatars in the trash', async () => {
    const database = await tempDatabase();
    const trashedOn = (day: number, name: string) => ({
      ...projectRowFrom(projectResponse({ name })),
      deletedAt: `2026-01-0${day}T00:00:00.000Z`,
    });
    const [desk, kiosk] = [trashedOn(2, 'Desk'), trashedOn(3, 'Kiosk')];
    const deleted_at = '2026-01-01T00:00:00.000Z';
    database.tryWrite((writers) => {
      for (const project of [desk, kiosk]) writers.projects.upsert(project);
      writers.versions.upsert(versionRowFrom(avatarResponse({ project_uuid: desk.uuid })));
      writers.versions.upsert(versionRowFrom(avatarResponse({ project_uuid: desk.uuid, deleted_at })));
    });
    const reads = createLibraryReads(database.read);
    expect(reads.projects()).toEqual([]);
    expect(reads.trash()).toEqual([]);
    expect(reads.trashedProjects().map((one) => [one.name, one.avatarCount])).toEqual([
      ['Kiosk', 0],
      ['Desk', 1],
    ]);
  });

  it('lists customers by name, also those without a project', async () => {
    const database = await tempDatabase();
    const [borealis, aurora] = [randomUUID(), randomUUID()];
    database.tryWrite((writers) => {
      writers.customers.upsert({ uuid: borealis, name: 'Borealis' });
      writers.customers.upsert({ uuid: aurora, name: 'Aurora' });
    });
    expect(createLibraryReads(database.read).customers()).toEqual([
      { uuid: aurora, name: 'Aurora' },
      { uuid: borealis, name: 'Borealis' },
    ]);
  });
});

describe('picture addresses', () => {
  const uuid = newVersionUuid();

  it('are parsed as they were created', () => {
    const address = thumbnailAddress(uuid, 'abc') ?? '';
    expect(parsePictureAddress(address)).toEqual({ kind: 'thumbnail', versionUuid: uuid, version: 'abc' });
    expect(parsePictureAddress(`media/staged/${uuid}`)).toEqual({ kind: 'staged', stageId: uuid });
    expect(thumbnailAddress(uuid, null)).toBeNull();
  });

  it.each([
    'media/thumbnails/../../settings.json',
    `media/thumbnails/${uuid}/more`,
    `/media/thumbnails/${uuid}`,
    `media/other/${uuid}`,
    'media/staged/',
    '',
  ])('%j is not a picture address', (address) => {
    expect(parsePictureAddress(address)).toBeNull();
  });
});

describe('auditSummary', () => {
  it('names subjects that are in the library and omits the others', () => {
    expect(auditSummary('avatar.activated', {}, { avatar: 'Mara v7', project: null })).toBe('Made Mara v7 live');
    const then = { avatar_name: 'Mira', version: 7, project_name: 'Desk' };
    expect(auditSummary('avatar.activated', then, { avatar: 'Mara v7', project: null })).toBe('Made Mira v7 live');
    const changes = { name: { from: 'Mara', to: 'Mira' }, tags: { from: [], to: ['a'] } };
    expect(auditSummary('avatar.edited', { ...then, changes }, { avatar: null, project: null })).toBe(
      'Renamed Mara to Mira, and edited its tags',
    );
    const { name: _name, ...others } = changes;
    expect(auditSummary('avatar.edited', { ...then, changes: others }, { avatar: null, project: null })).toBe(
      'Edited tags of Mira v7',
    );
    const uploaded = { original_filename: 'x.gab' };
    expect(auditSummary('avatar.uploaded', uploaded, { avatar: null, project: null })).toBe('Uploaded x.gab');
    const renamed = { from: 'Old', to: 'New' };
    expect(auditSummary('project.renamed', renamed, { avatar: null, project: 'Newer' })).toBe(
      'Renamed the project Old to New',
    );
  });
});
