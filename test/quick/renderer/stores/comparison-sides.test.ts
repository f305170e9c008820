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
} from '../../../../renderer/stores/comparison/comparison-sides.ts';
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
const context = { avatars, files: [file], choices: {} };

function side(reference: ComparisonSide['reference']): ComparisonSide {
  const found = sideOf(reference, context);
  if (!found) throw new Error('this side is in the context');
  return found;
}

describe('names of the sides', () => {
  test('a version, the active version, and a staged file', () => {
    expect(sideLabel(side(versionReference(third)))).toBe('Mara v3');
    expect(sideLabel(side(versionReference(second)))).toBe('Mara v2, live');
    expect(sideLabel(side(stagedReference(file)))).toBe('mara-new.gab, not uploaded yet');
  });

  test('the title names the avatar once if both sides are its versions', () => {
    expect(pairTitle(side(versionReference(second)), side(versionReference(third)))).toBe('Mara v2 → v3');
    expect(pairTitle(side(versionReference(second)), side(versionReference(ottoVersion)))).toBe('Mara v2 → Otto v1');
    expect(pairTitle(side(versionReference(second)), side(stagedReference(file)))).toBe('Mara v2 → mara-new.gab');
  });

  test('a version or file that is gone is null', () => {
    expect(sideOf({ kind: 'version', versionUuid: newVersionUuid() }, context)).toBeNull();
    expect(sideOf({ kind: 'staged', stageId: nextUuid() }, context)).toBeNull();
  });
});

describe('the pair to compare', () => {
  test('with the active version: from it to the given version', () => {
    expect(pairWithActive(avatars, third)).toEqual({ from: versionReference(second), to: versionReference(third) });
    expect(pairWithActive(avatars, ottoVersion)).toEqual({
      from: versionReference(second),
      to: versionReference(ottoVersion),
    });
  });

  test('is null for the active version itself, and if nothing is active', () => {
    expect(pairWithActive(avatars, second)).toBeNull();
    expect(pairWithActive([otto], ottoVersion)).toBeNull();
  });

  test('with the previous version: skips versions that are gone', () => {
    const gap = avatarView({ versions: [third, first] });
    expect(pairWithPrevious([gap], third)).toEqual({ from: versionReference(first), to: versionReference(third) });
    expect(pairWithPrevious(avatars, first)).toBeNull();
  });

  test('by default with the active version; for the active version with the previous one', () => {
    expect(defaultPair(avatars, first)).toEqual({ from: versionReference(second), to: versionReference(first) });
    expect(defaultPair(avatars, second)).toEqual({ from: versionReference(first), to: versionReference(second) });
    expect(defaultPair([otto], ottoVersion)).toBeNull();
  });
});

describe('the choices for either side', () => {
  const labels = (pair: Parameters<typeof sideChoices>[0], choices = {}): string[] =>
    sideChoices(pair, { ...context, choices }).map(sideLabel);

  test('all versions of the avatar, the active one first, each once', () => {
    const pair = { from: versionReference(second), to: versionReference(third) };
    expect(labels(pair)).toEqual(['Mara v2, live', 'Mara v3', 'Mara v1']);
  });

  test('the active version, even of another avatar', () => {
    const pair = { from: versionReference(ottoVersion), to: versionReference(ottoVersion) };
    expect(labels(pair)).toEqual(['Mara v2, live', 'Otto v1']);
  });

  test('the versions of the avatar that the designer chose for a file', () => {
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
