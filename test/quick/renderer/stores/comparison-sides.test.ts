import { describe, expect, test } from 'vitest';
import {
  type ComparisonSide,
  defaultPair,
  pairTitle,
  pairWithActive,
  pairWithPrevious,
  sideChoices,
  sideLabel,
  sideOf,
  stagedReference,
  versionReference,
} from '../../../../renderer/stores/comparison-sides.ts';
import { newVersionUuid } from '../../../support/uuids.ts';
import { avatarView, nextUuid, stagedFile, versionView } from '../../../support/views.ts';

const third = versionView({ version: 3 });
const second = versionView({ version: 2, isActive: true });
const first = versionView({ version: 1 });
const mara = avatarView({ name: 'Mara', versions: [third, second, first] });
const otto = avatarView({ name: 'Otto', versions: [versionView({ version: 1 })] });
const [ottoVersion = third] = otto.versions;
const avatars = [mara, otto];
const file = stagedFile({
  fileName: 'mara-new.gab',
  suggestion: {
    kind: 'version',
    avatarUuid: mara.avatarUuid,
    avatarName: 'Mara',
    nextVersion: 4,
    because: 'manifest-id',
  },
});
const world = { avatars, files: [file], choices: {} };

function side(reference: ComparisonSide['reference']): ComparisonSide {
  const found = sideOf(reference, world);
  if (!found) throw new Error('this side is in the world');
  return found;
}

describe('names', () => {
  test('a version, the live one, and a file', () => {
    expect(sideLabel(side(versionReference(third)))).toBe('Mara v3');
    expect(sideLabel(side(versionReference(second)))).toBe('Mara v2, live');
    expect(sideLabel(side(stagedReference(file)))).toBe('mara-new.gab, not uploaded yet');
  });

  test('the title names the avatar once where both are its versions', () => {
    expect(pairTitle(side(versionReference(second)), side(versionReference(third)))).toBe('Mara v2 → v3');
    expect(pairTitle(side(versionReference(second)), side(versionReference(ottoVersion)))).toBe('Mara v2 → Otto v1');
    expect(pairTitle(side(versionReference(second)), side(stagedReference(file)))).toBe('Mara v2 → mara-new.gab');
  });

  test('what went away has no name', () => {
    expect(sideOf({ kind: 'version', versionUuid: newVersionUuid() }, world)).toBeNull();
    expect(sideOf({ kind: 'staged', stageId: nextUuid() }, world)).toBeNull();
  });
});

describe('what a version is compared with', () => {
  test('the live one: what would change if this took its place', () => {
    expect(pairWithActive(avatars, third)).toEqual({ from: versionReference(second), to: versionReference(third) });
    expect(pairWithActive(avatars, ottoVersion)).toEqual({
      from: versionReference(second),
      to: versionReference(ottoVersion),
    });
  });

  test('the live one is not compared with itself, and nothing with nothing', () => {
    expect(pairWithActive(avatars, second)).toBeNull();
    expect(pairWithActive([otto], ottoVersion)).toBeNull();
  });

  test('the version right before, of those that are here', () => {
    const gap = avatarView({ versions: [third, first] });
    expect(pairWithPrevious([gap], third)).toEqual({ from: versionReference(first), to: versionReference(third) });
    expect(pairWithPrevious(avatars, first)).toBeNull();
  });

  test('usually the live one; for the live one what it changed itself', () => {
    expect(defaultPair(avatars, first)).toEqual({ from: versionReference(second), to: versionReference(first) });
    expect(defaultPair(avatars, second)).toEqual({ from: versionReference(first), to: versionReference(second) });
    expect(defaultPair([otto], ottoVersion)).toBeNull();
  });
});

describe('what either side can be changed to', () => {
  const labels = (pair: Parameters<typeof sideChoices>[0], choices = {}): string[] =>
    sideChoices(pair, { ...world, choices }).map(sideLabel);

  test('all versions of the avatar, the live one first, each once', () => {
    const pair = { from: versionReference(second), to: versionReference(third) };
    expect(labels(pair)).toEqual(['Mara v2, live', 'Mara v3', 'Mara v1']);
  });

  test('what is live, also where it is another avatar', () => {
    const pair = { from: versionReference(ottoVersion), to: versionReference(ottoVersion) };
    expect(labels(pair)).toEqual(['Mara v2, live', 'Otto v1']);
  });

  test('the versions of the avatar that a file is meant for, as the designer chose', () => {
    const pair = { from: versionReference(second), to: stagedReference(file) };
    expect(labels(pair)).toEqual(['mara-new.gab, not uploaded yet', 'Mara v2, live', 'Mara v3', 'Mara v1']);
    const toOtto = { [file.stageId]: { avatarUuid: otto.avatarUuid } };
    expect(labels({ from: stagedReference(file), to: stagedReference(file) }, toOtto)).toEqual([
      'mara-new.gab, not uploaded yet',
      'Mara v2, live',
      'Otto v1',
    ]);
  });
});
