import { expect, test } from 'vitest';
import { resolveSelection } from '../../../../renderer/stores/view/selection.ts';
import { avatarView, versionView } from '../../../support/views.ts';

const older = versionView({ version: 1, isActive: true });
const newer = versionView({ version: 2 });
const live = avatarView({ name: 'Mara', versions: [newer, older] });
const other = avatarView({ name: 'Otto' });
const avatars = [other, live];

test('the active version is selected by default', () => {
  expect(resolveSelection({ avatars, avatarUuid: null, versionUuid: null })).toEqual({ avatar: live, version: older });
});

test('a selected avatar shows its newest version unless another version is selected', () => {
  const { avatarUuid } = live;
  expect(resolveSelection({ avatars, avatarUuid, versionUuid: null })?.version).toBe(newer);
  expect(resolveSelection({ avatars, avatarUuid, versionUuid: older.uuid })?.version).toBe(older);
});

test('a deleted avatar falls back to the first one, and the selection is null without avatars', () => {
  expect(resolveSelection({ avatars: [other], avatarUuid: live.avatarUuid, versionUuid: older.uuid })?.avatar).toBe(
    other,
  );
  expect(resolveSelection({ avatars: [], avatarUuid: null, versionUuid: null })).toBeNull();
});
