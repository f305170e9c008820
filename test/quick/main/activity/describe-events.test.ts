import { describe, expect, test } from 'vitest';
import { describeEvents } from '../../../../main/app/activity/describe-events.ts';
import type { NotableEvent } from '../../../../main/app/activity/notable-events.ts';

const PROJECT = '00000000-0000-4000-8000-000000000001';
const OTHER_PROJECT = '00000000-0000-4000-8000-000000000002';

const KINDS = {
  uploaded: 'uploads',
  'upload-refused': 'uploads',
  'upload-failed': 'uploads',
  downloaded: 'downloads',
  'download-failed': 'downloads',
  conflict: 'changes',
  'change-refused': 'changes',
  'live-changed': 'live',
  'signed-out': 'signOut',
} as const;

function notable(what: NotableEvent['what'], name: string | null = 'Mara', projectUuid = PROJECT): NotableEvent {
  return { kind: KINDS[what], what, name, projectUuid, projectName: 'Concierge desk' };
}

const many = (count: number, what: NotableEvent['what']): NotableEvent[] =>
  Array.from({ length: count }, (_, index) => notable(what, `Avatar ${index + 1}`));

describe('the text of a notification', () => {
  test.each<readonly [string, string, string, readonly NotableEvent[]]>([
    ['one upload', '1 avatar uploaded', 'Mara', [notable('uploaded')]],
    ['several uploads', '5 avatars uploaded', 'Avatar 1, Avatar 2, Avatar 3, and 2 more', many(5, 'uploaded')],
    [
      'a batch in which one was refused',
      '7 avatars uploaded, 1 refused',
      'Not uploaded: otto.gab',
      [...many(7, 'uploaded'), notable('upload-refused', 'otto.gab')],
    ],
    ['one refused upload', '1 upload refused', 'otto.gab', [notable('upload-refused', 'otto.gab')]],
    [
      'uploads of which none succeeded',
      '2 uploads refused, 1 failed',
      'a.gab, b.gab, and c.gab',
      [notable('upload-refused', 'a.gab'), notable('upload-refused', 'b.gab'), notable('upload-failed', 'c.gab')],
    ],
    ['one failed upload', '1 upload failed', 'c.gab', [notable('upload-failed', 'c.gab')]],
    ['one download', '1 avatar downloaded', 'Mara', [notable('downloaded')]],
    [
      'downloads of which one failed',
      '2 avatars downloaded, 1 failed',
      'Not downloaded: otto.gab',
      [...many(2, 'downloaded'), notable('download-failed', 'otto.gab')],
    ],
    ['failed downloads', '2 downloads failed', 'Avatar 1 and Avatar 2', many(2, 'download-failed')],
    ['a conflict', '1 conflict', 'Mara', [notable('conflict')]],
    ['conflicts over one avatar', '2 conflicts', 'Mara', [notable('conflict'), notable('conflict')]],
    ['a refused change', '1 change needs your attention', 'Mara', [notable('change-refused')]],
    ['refused changes', '2 changes need your attention', 'Avatar 1 and Avatar 2', many(2, 'change-refused')],
    ['a change that takes the live avatar offline', '1 conflict', '', [notable('conflict', null)]],
    ['another live avatar', 'Mara is live now', 'Concierge desk', [notable('live-changed')]],
    [
      'two live avatars after each other in one project',
      'Otto is live now',
      'Concierge desk',
      [notable('live-changed'), notable('live-changed', 'Otto')],
    ],
    ['the end of a sign-in', 'You were signed out', 'Sign in to continue.', [notable('signed-out', null)]],
  ])('for %s', (_, title, body, events) => {
    expect(describeEvents(events, true)).toMatchObject({ title, body });
  });

  test('counts projects if another avatar is live in several', () => {
    const events = [notable('live-changed'), notable('live-changed', 'Otto', OTHER_PROJECT)];
    expect(describeEvents(events, true).title).toBe('Another avatar is live now in 2 projects');
  });

  test('has one line for each matter if there are several', () => {
    const events = [notable('live-changed'), ...many(2, 'uploaded'), notable('downloaded'), notable('conflict')];
    expect(describeEvents(events, true)).toMatchObject({
      title: 'Gabinet',
      body: '1 conflict\n2 avatars uploaded\n1 avatar downloaded\nMara is live now',
    });
  });

  test.each(Object.keys(KINDS) as NotableEvent['what'][])('hides names if it should, for "%s"', (what) => {
    for (const events of [[notable(what)], [notable(what), notable('uploaded', 'Otto')]]) {
      const { title, body } = describeEvents(events, false);
      expect(`${title} ${body}`).not.toMatch(/Mara|Otto|Concierge/);
    }
  });
});

describe('the target of a notification', () => {
  const project = { kind: 'project', projectUuid: PROJECT };
  const transfers = { kind: 'transfers' };

  test.each<readonly [string, unknown, readonly NotableEvent[]]>([
    ['uploads: the transfers', transfers, many(2, 'uploaded')],
    ['a refused change: the list of changes, beside the transfers', transfers, [notable('change-refused')]],
    ['a conflict: its project', project, [notable('conflict')]],
    ['a conflict among uploads: the project of the conflict', project, [...many(2, 'uploaded'), notable('conflict')]],
    [
      'conflicts in two projects: the list of changes',
      transfers,
      [notable('conflict'), notable('conflict', 'Otto', OTHER_PROJECT)],
    ],
    ['another live avatar: its project', project, [notable('live-changed')]],
    ['a live avatar and uploads: the transfers', transfers, [notable('live-changed'), notable('uploaded')]],
    ['the end of a sign-in: only the window', null, [notable('signed-out', null)]],
  ])('is, for %s', (_, target, events) => {
    expect(describeEvents(events, true).target).toEqual(target);
  });
});
