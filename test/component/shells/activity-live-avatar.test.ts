import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { newAvatarUuid, newVersionUuid } from '../../support/uuids.ts';
import { projectView } from '../../support/views.ts';

vi.mock('electron', () => import('../../../scripts/package/fake-electron.ts'));

const { Desk, quiet, shown } = await import('../../support/shells/activity-desk.ts');

let desk: InstanceType<typeof Desk>;

beforeEach(async () => {
  desk = await Desk.open();
});

afterEach(() => desk.close());

describe('a notification about the live avatar', () => {
  const liveProject = (name: string, activeSetBy: string, project = projectView()): ProjectView => ({
    ...project,
    active: { versionUuid: newVersionUuid(), avatarUuid: newAvatarUuid(), name, version: 1, thumbnailUrl: null },
    activeSetBy,
  });

  test('reports what somebody else made live', async () => {
    const before = liveProject('Otto', 'Dana');
    await desk.projects(before);
    await desk.projects(liveProject('Mara', 'Robin', before));
    await quiet();
    expect(shown()).toEqual([{ title: 'Mara is live now', body: before.name }]);
  });

  test('is not shown for one’s own choice, a project that is new here, or what was seen in the window', async () => {
    const before = liveProject('Otto', 'Dana');
    await desk.projects(before);
    await desk.projects(liveProject('Mara', 'Dana', before), liveProject('Ines', 'Robin'));
    desk.focus();
    await desk.projects(liveProject('Otto', 'Robin', before));
    await desk.leave();
    await desk.projects(desk.held.projects[0] as ProjectView);
    await quiet();
    expect(shown()).toEqual([]);
  });

  test('waits for the end of a long pull, which replays the past', async () => {
    const before = liveProject('Otto', 'Dana');
    await desk.projects(before);
    desk.session({ connection: 'syncing' });
    await desk.projects(liveProject('Ines', 'Robin', before));
    await desk.projects(liveProject('Mara', 'Robin', before));
    expect(shown()).toEqual([]);
    desk.session({});
    await quiet();
    await quiet();
    expect(shown()).toEqual([{ title: 'Mara is live now', body: before.name }]);
  });
});
