import { describe, expect, it } from 'vitest';
import { goesLiveOver } from '../../../../main/watching/watch-rules.ts';
import { asAvatarUuid, asVersionUuid } from '../../../support/uuids.ts';

const active = { versionUuid: asVersionUuid('live'), avatarUuid: asAvatarUuid('mara') };
const next = {
  activatable: true,
  comparisonVerdict: 'visible',
  suggestion: {
    kind: 'version',
    avatarUuid: asAvatarUuid('mara'),
    avatarName: 'Mara',
    nextVersion: 2,
    because: 'manifest-id',
  },
} as const;

describe('a watched file', () => {
  it('goes live over the version of its own avatar, if it breaks nothing', () => {
    for (const comparisonVerdict of ['same', 'harmless', 'visible'] as const) {
      expect(goesLiveOver({ ...next, comparisonVerdict }, active)).toBe('live');
    }
  });

  it('does not go live by itself otherwise', () => {
    expect(goesLiveOver({ ...next, comparisonVerdict: 'breaks-runtime' }, active)).toBeNull();
    expect(goesLiveOver({ ...next, comparisonVerdict: null }, active)).toBeNull();
    expect(goesLiveOver({ ...next, activatable: false }, active)).toBeNull();
    expect(goesLiveOver(next, { ...active, avatarUuid: asAvatarUuid('bea') })).toBeNull();
    expect(goesLiveOver(next, null)).toBeNull();
    expect(goesLiveOver({ ...next, suggestion: { kind: 'new' } }, active)).toBeNull();
    expect(goesLiveOver({ ...next, suggestion: null }, active)).toBeNull();
  });
});
