import { describe, expect, it } from 'vitest';
import type { FileInspection } from '../../../../main/files/inspection.ts';
import {
  type ConfirmedUpload,
  descriptionFor,
  type PlanContext,
  planUploads,
} from '../../../../main/transfers/upload-rows.ts';
import { asAvatarUuid } from '../../../support/uuids.ts';

const context: PlanContext = {
  createdAt: '2026-01-01T00:00:00.000Z',
  openUploads: new Map(),
  findAvatar: () => null,
};

function inspection(): FileInspection {
  const report = { container: 'gab', verdict: 'valid', activatable: true, issues: [] } as const;
  return { sizeBytes: 10, sha256: 'f'.repeat(64), report, summary: null, thumbnailType: null };
}

function confirmed(id: string, target: ConfirmedUpload['target']): ConfirmedUpload {
  return {
    id,
    projectUuid: 'project',
    fileName: `${id}.gab`,
    inspection: inspection(),
    target,
    description: null,
    copyPath: `/outbox/${id}.gab`,
    activate: false,
  };
}

const asNew = (name: string) => ({ kind: 'new' as const, name, tags: ['t'] });
const versionOf = (avatar: string) => ({ kind: 'version' as const, avatarUuid: asAvatarUuid(avatar) });

describe('planUploads', () => {
  it('creates a new avatar with the chosen name and tags', () => {
    const [row] = planUploads([confirmed('a', asNew('Mara'))], context);
    expect(row).toMatchObject({ id: 'a', state: 'waiting', newName: 'Mara', newTags: ['t'], avatarUuid: null });
  });

  it('continues an avatar that the server has', () => {
    const findAvatar = () => ({ avatarUuid: asAvatarUuid('mara'), avatarName: 'Mara' });
    const [row] = planUploads([confirmed('a', versionOf('mara'))], { ...context, findAvatar });
    expect(row).toMatchObject({ avatarUuid: 'mara', avatarName: 'Mara', newName: null, followsId: null });
  });

  it('lets a version of a new avatar of the same batch follow it, with its own name as a fallback', () => {
    const rows = planUploads([confirmed('a', asNew('Mara')), confirmed('b', versionOf('a'))], context);
    expect(rows[1]).toMatchObject({ followsId: 'a', avatarUuid: null, avatarName: 'Mara', newName: 'b' });
  });

  it('lets a version follow an upload that has already started', () => {
    const openUploads = new Map([['earlier', { avatarName: 'Otto', avatarUuid: null, followsId: null }]]);
    const [row] = planUploads([confirmed('b', versionOf('earlier'))], { ...context, openUploads });
    expect(row).toMatchObject({ followsId: 'earlier', avatarName: 'Otto' });
  });

  it('creates a new avatar from a version whose leader is not sent', () => {
    const [row] = planUploads([confirmed('b', versionOf('gone'))], context);
    expect(row).toMatchObject({ followsId: null, avatarUuid: null, newName: 'b', avatarName: 'b' });
  });

  it('lets a version follow the first upload of its avatar, not the one before it, so that they share a line', () => {
    const uploads = [confirmed('a', asNew('Mara')), confirmed('b', versionOf('a')), confirmed('c', versionOf('b'))];
    expect(planUploads(uploads, context).map(({ followsId }) => followsId)).toEqual([null, 'a', 'a']);
  });

  it('makes a version that follows a version of a known avatar its next one', () => {
    const findAvatar = (uuid: string) =>
      uuid === 'mara' ? { avatarUuid: asAvatarUuid('mara'), avatarName: 'Mara' } : null;
    const uploads = [confirmed('a', versionOf('mara')), confirmed('b', versionOf('a'))];
    const rows = planUploads(uploads, { ...context, findAvatar });
    expect(rows[1]).toMatchObject({ avatarUuid: 'mara', avatarName: 'Mara', followsId: null, newName: null });
  });

  it('activates only the last one that is to be active', () => {
    const wanted = (id: string) => ({ ...confirmed(id, asNew(id)), activate: true });
    const rows = planUploads([wanted('a'), wanted('b'), confirmed('c', asNew('C'))], context);
    expect(rows.filter((row) => row.activate).map((row) => row.id)).toEqual(['b']);
  });
});

describe('descriptionFor', () => {
  it('uses the typed text, else the manifest for a new avatar, else nothing', () => {
    expect(descriptionFor(asNew('A'), 'typed', 'manifest')).toBe('typed');
    expect(descriptionFor(asNew('A'), undefined, 'manifest')).toBe('manifest');
    expect(descriptionFor(asNew('A'), undefined, 'bad\u0000')).toBeNull();
    expect(descriptionFor(versionOf('x'), undefined, 'manifest')).toBeNull();
  });
});
