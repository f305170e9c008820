import { expect, test } from 'vitest';
import { arrivingIn } from '../../../../renderer/features/project/use-shown-avatars.ts';
import { avatarView, transferView, versionView } from '../../../support/views.ts';

const projectUuid = 'project';
const sending = transferView({
  projectUuid,
  fileName: 'mara.gab',
  totalBytes: 500,
  createdAt: '2026-11-02T10:00:00.000Z',
});

test('the grid shows uploads of its project that are under way or stopped, and no other transfers', () => {
  const refused = transferView({ projectUuid, state: 'refused' });
  const others = [
    transferView({ projectUuid, state: 'done' }),
    transferView({ projectUuid, state: 'cancelled' }),
    transferView({ projectUuid, kind: 'download' }),
    transferView(),
  ];
  expect(arrivingIn({ projectUuid, transfers: [sending, refused, ...others], avatars: [] })).toEqual([
    sending,
    refused,
  ]);
});

test('an upload whose version is already in the library is not shown again', () => {
  const same = { fileName: 'mara.gab', sizeBytes: 500 };
  const older = avatarView({ versions: [versionView({ ...same, createdAt: '2026-11-01T10:00:00.000Z' })] });
  const arrived = avatarView({ versions: [versionView({ ...same, createdAt: '2026-11-02T10:00:01.000Z' })] });
  expect(arrivingIn({ projectUuid, transfers: [sending], avatars: [older] })).toEqual([sending]);
  expect(arrivingIn({ projectUuid, transfers: [sending], avatars: [older, arrived] })).toEqual([]);
});
