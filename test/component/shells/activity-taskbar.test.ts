import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { operationView } from '../../support/views.ts';

vi.mock('electron', () => import('../../../scripts/package/fake-electron.ts'));

const electron = await import('../../../scripts/package/fake-electron.ts');
const { Desk, ends, sending } = await import('../../support/shells/activity-desk.ts');

let desk: InstanceType<typeof Desk>;

beforeEach(async () => {
  desk = await Desk.open();
});

afterEach(() => desk.close());

describe('progress and badge on dock and taskbar', () => {
  test('follow the transfers and end with them', async () => {
    const upload = sending('Mara', { totalBytes: 1000, doneBytes: 0 });
    desk.transfers(upload);
    desk.transfers({ ...upload, doneBytes: 500 });
    desk.transfers({ ...upload, doneBytes: 503 });
    desk.transfers({ ...upload, doneBytes: 990 });
    desk.transfers(ends({ ...upload, doneBytes: 1000 }));
    expect(desk.window.progress).toEqual([
      [0, { mode: 'normal' }],
      [0.5, { mode: 'normal' }],
      [0.99, { mode: 'normal' }],
      [-1, { mode: 'none' }],
    ]);
  });

  test('show what was there at the start', async () => {
    const other = new Desk();
    other.held.transfers = [sending('Mara', { totalBytes: 1000, doneBytes: 250 })];
    other.held.operations = [operationView({ state: 'refused' })];
    await other.start();
    expect(other.window.progress).toEqual([[0.25, { mode: 'normal' }]]);
    expect(electron.app.badgeCounts).toEqual([1]);
    other.window.close();
    expect(electron.app.badgeCounts).toEqual([1, 0]);
  });

  test('count what needs attention, until it is settled or nobody is signed in', () => {
    const operation = operationView({ state: 'conflict' });
    desk.operations(operation);
    desk.operations({ ...operation });
    desk.transfers(ends(sending('Mara'), 'refused'));
    desk.operations();
    desk.session({ user: null });
    expect(electron.app.badgeCounts).toEqual([1, 2, 1, 0]);
  });
});
