import { describe, expect, it } from 'vitest';
import { type CandidateFile, type KnownVersion, suggestTargets } from '../../../../shared/domain/suggest-target.ts';
import { asAvatarUuid, asVersionUuid } from '../../../support/uuids.ts';

const file = (id: string, more: Partial<CandidateFile> = {}): CandidateFile => ({
  id,
  fileName: `${id}.gab`,
  sha256: `sha-${id}`,
  manifestId: null,
  avatarName: id,
  ...more,
});

const stored = (version: string, more: Partial<KnownVersion> = {}): KnownVersion => ({
  versionUuid: asVersionUuid(version),
  avatarUuid: asAvatarUuid(`avatar-${version}`),
  avatarName: 'Mara',
  version: 1,
  sha256: `sha-of-${version}`,
  manifestId: null,
  fileName: `${version}.gab`,
  inTrash: false,
  ...more,
});

const suggest = (files: CandidateFile[], versions: KnownVersion[] = []) =>
  Object.fromEntries(suggestTargets(files, versions));

describe('suggestTargets', () => {
  it('suggests a new avatar for an unknown file', () => {
    expect(suggest([file('a')], [stored('s')])).toEqual({ a: { kind: 'new' } });
  });

  it('suggests the next version for a file that overwrote another one, whatever its name', () => {
    const versions = [
      stored('s', { avatarUuid: asAvatarUuid('mara') }),
      stored('x', { fileName: 'a.gab', avatarUuid: asAvatarUuid('x') }),
    ];
    const next = { kind: 'version', avatarUuid: 'mara', avatarName: 'Mara', nextVersion: 2, because: 'file-name' };
    expect(suggest([file('a', { savedOver: asAvatarUuid('mara') })], versions)).toEqual({ a: next });
    expect(suggest([file('a', { savedOver: asAvatarUuid('mara'), manifestId: 'new' })], versions)).toEqual({ a: next });
    expect(suggest([file('b', { savedOver: asAvatarUuid('gone') })], versions)).toEqual({ b: { kind: 'new' } });
  });

  it('trusts the manifest more than the path of a file', () => {
    const versions = [
      stored('s', { manifestId: 'm', avatarUuid: asAvatarUuid('mara') }),
      stored('b', { manifestId: 'n', avatarUuid: asAvatarUuid('bea'), avatarName: 'Bea' }),
    ];
    const [moved, other] = [
      file('a', { savedOver: asAvatarUuid('mara'), manifestId: 'n' }),
      file('b', { savedOver: asAvatarUuid('mara'), manifestId: 'other' }),
    ];
    expect(suggest([moved, other], versions)).toMatchObject({ a: { avatarUuid: 'bea' }, b: { kind: 'new' } });
  });

  it('recognizes the manifest ID whatever the file name, and counts versions in the trash', () => {
    const versions = [
      stored('s1', { manifestId: 'm', avatarUuid: asAvatarUuid('mara'), version: 1 }),
      stored('s2', { manifestId: 'm', avatarUuid: asAvatarUuid('mara'), version: 2, inTrash: true }),
    ];
    expect(suggest([file('a', { manifestId: 'm' })], versions)).toEqual({
      a: { kind: 'version', avatarUuid: 'mara', avatarName: 'Mara', nextVersion: 3, because: 'manifest-id' },
    });
  });

  it('recognizes a file without a manifest by its original name, composed or decomposed', () => {
    const versions = [stored('s', { fileName: 'Zoe\u0308.gab', avatarUuid: asAvatarUuid('zoe'), avatarName: 'Zoë' })];
    expect(suggest([file('a', { fileName: 'Zoë.gab' })], versions)).toEqual({
      a: { kind: 'version', avatarUuid: 'zoe', avatarName: 'Zoë', nextVersion: 2, because: 'file-name' },
    });
  });

  it('never recognizes a file with a manifest by its name', () => {
    const versions = [stored('s', { fileName: 'avatar.gab', manifestId: 'other' })];
    expect(suggest([file('a', { fileName: 'avatar.gab', manifestId: 'mine' })], versions)).toEqual({
      a: { kind: 'new' },
    });
  });

  it('finds a version with the same bytes, also in the trash, but prefers one outside it', () => {
    const trashed = stored('t', { sha256: 'same', inTrash: true, version: 4 });
    const live = stored('l', { sha256: 'same', version: 2 });
    const one = file('a', { sha256: 'same' });
    expect(suggest([one], [trashed]).a).toEqual({
      kind: 'duplicate',
      versionUuid: 't',
      avatarName: 'Mara',
      version: 4,
      inTrash: true,
    });
    expect(suggest([one], [trashed, live]).a).toMatchObject({ versionUuid: 'l', inTrash: false });
  });

  it('does not suggest a version of an avatar that is only in the trash', () => {
    const versions = [stored('t', { manifestId: 'm', inTrash: true })];
    expect(suggest([file('a', { manifestId: 'm' })], versions)).toEqual({ a: { kind: 'new' } });
  });

  it('keeps two versions of one new avatar together, in the order of the drop', () => {
    const files = [file('a', { manifestId: 'm' }), file('b', { manifestId: 'm' }), file('c', { manifestId: 'm' })];
    const rest = { kind: 'version', avatarUuid: 'a', avatarName: 'a', because: 'manifest-id' };
    expect(suggest(files)).toEqual({
      a: { kind: 'new' },
      b: { ...rest, nextVersion: 2 },
      c: { ...rest, nextVersion: 3 },
    });
  });

  it('numbers two files for one stored avatar one after the other', () => {
    const versions = [stored('s', { manifestId: 'm', avatarUuid: asAvatarUuid('mara'), version: 7 })];
    const suggested = suggest([file('a', { manifestId: 'm' }), file('b', { manifestId: 'm' })], versions);
    expect(suggested.a).toMatchObject({ avatarUuid: 'mara', nextVersion: 8 });
    expect(suggested.b).toMatchObject({ avatarUuid: 'mara', nextVersion: 9 });
  });

  it('suggests a duplicate for the second file with the same bytes', () => {
    const suggested = suggest([file('a', { sha256: 'x' }), file('b', { sha256: 'x' })]);
    expect(suggested).toMatchObject({ a: { kind: 'new' }, b: { kind: 'duplicate', versionUuid: 'a', version: 1 } });
  });
});
