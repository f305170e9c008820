import { expect, test } from 'vitest';
import { resolveSelection } from '../../../../renderer/stores/selection.ts';
import { avatarView, versionView } from '../../../support/views.ts';

const older = versionView({ version: 1, isActive: true });
const newer = versionView({ version: 2 });
const live = avatarView({ name: 'Mara', versions: [newer, older] });
const other = avatarView({ name: 'Otto' });
const avatars = [other, live];

test('without a choice the inspector shows what is live', () => {
  expect(resolveSelection({ avatars, lineageUuid: null, versionUuid: null })).toEqual({ avatar: live, version: older });
});

test('a chosen avatar shows its newest version, as its card does', () => {
  const { lineageUuid } = live;
  expect(resolveSelection({ avatars, lineageUuid, versionUuid: null })?.version).toBe(newer);
  expect(resolveSelection({ avatars, lineageUuid, versionUuid: older.uuid })?.version).toBe(older);
});

test('a choice that is gone falls back, and nothing shows nothing', () => {
  expect(resolveSelection({ avatars: [other], lineageUuid: live.lineageUuid, versionUuid: older.uuid })?.avatar).toBe(
    other,
  );
  expect(resolveSelection({ avatars: [], lineageUuid: null, versionUuid: null })).toBeNull();
});
