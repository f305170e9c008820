import { describe, expect, it } from 'vitest';
import { activeVersionToReplace } from '../../../../main/watching/watch-rules.ts';
import { asAvatarUuid, asVersionUuid } from '../../../support/uuids.ts';

const active = { versionUuid: asVersionUuid('live'), avatarUuid: asAvatarUuid('mara') };
const next = {
  activatable: true,
  comparisonVerdict: 'visible',
  drawingFailure: null,
  suggestion: {
    kind: 'version',
    avatarUuid: asAvatarUuid('mara'),
    avatarName: 'Mara',
    nextVersion: 2,
    because: 'manifest-id',
  },
} as const;

describe('a watched file', () => {
  it('replaces the active version of its avatar if it breaks nothing', () => {
    for (const comparisonVerdict of ['same', 'harmless', 'visible'] as const) {
      expect(activeVersionToReplace({ ...next, comparisonVerdict }, active)).toBe('live');
    }
  });

  it('is not activated automatically otherwise', () => {
    expect(activeVersionToReplace({ ...next, comparisonVerdict: 'breaks-runtime' }, active)).toBeNull();
    expect(activeVersionToReplace({ ...next, comparisonVerdict: null }, active)).toBeNull();
    expect(activeVersionToReplace({ ...next, activatable: false }, active)).toBeNull();
    expect(activeVersionToReplace(next, { ...active, avatarUuid: asAvatarUuid('bea') })).toBeNull();
    expect(activeVersionToReplace(next, null)).toBeNull();
    expect(activeVersionToReplace({ ...next, suggestion: { kind: 'new' } }, active)).toBeNull();
    expect(activeVersionToReplace({ ...next, suggestion: null }, active)).toBeNull();
  });

  it('is not activated automatically if the preview could not draw it, unless that may be due to this computer', () => {
    const failed = (code: 'damaged' | 'no-webgl') => ({ ...next, drawingFailure: { code, detail: '' } });
    expect(activeVersionToReplace(failed('damaged'), active)).toBeNull();
    expect(activeVersionToReplace(failed('no-webgl'), active)).toBe('live');
  });
});
