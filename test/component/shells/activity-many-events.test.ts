import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { QUIET_MS } from '../../../main/app/activity/notifier.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/lib/durations.ts';
import { operationView } from '../../support/views.ts';

vi.mock('electron', () => import('../../../scripts/package/fake-electron.ts'));

const electron = await import('../../../scripts/package/fake-electron.ts');
const { Desk, ends, quiet, sending, shown } = await import('../../support/shells/activity-desk.ts');

let desk: InstanceType<typeof Desk>;

beforeEach(async () => {
  desk = await Desk.open();
});

afterEach(() => desk.close());

describe('a notification of many events', () => {
  test('waits for transfers that still run, but not longer than five minutes, and not with the first refusal', async () => {
    const [mara, otto, ines] = [sending('Mara'), sending('Otto'), sending('Ines')];
    desk.transfers(mara, otto, ines);
    desk.transfers(ends(mara), otto, ines);
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS);
    expect(shown()).toEqual([]);
    await vi.advanceTimersByTimeAsync(MINUTE_MS + QUIET_MS);
    expect(shown()).toEqual([{ title: '1 avatar uploaded', body: 'Mara' }]);
    desk.transfers(ends(mara), ends(otto, 'refused'), ines);
    await quiet();
    expect(shown().at(-1)).toEqual({ title: '1 avatar uploaded, 1 refused', body: 'Not uploaded: otto.gab' });
  });

  test('replaces the last one and counts on, until somebody looks at the window', async () => {
    const [mara, otto, ines] = [sending('Mara'), sending('Otto'), sending('Ines')];
    desk.transfers(mara);
    desk.transfers(ends(mara));
    await quiet();
    desk.transfers(ends(mara), otto);
    desk.transfers(ends(mara), ends(otto));
    await quiet();
    expect(shown().map((options) => Object.values(options)[0])).toEqual(['1 avatar uploaded', '2 avatars uploaded']);
    expect(electron.Notification.all.map(({ isShown }) => isShown)).toEqual([false, true]);
    desk.focus();
    expect(electron.Notification.all.map(({ isShown }) => isShown)).toEqual([false, false]);
    await desk.leave();
    desk.transfers(ends(mara), ends(otto), ines);
    desk.transfers(ends(mara), ends(otto), ends(ines));
    await quiet();
    expect(shown().at(-1)).toEqual({ title: '1 avatar uploaded', body: 'Ines' });
  });

  test('of thousands of events within a minute stays one at a time', async () => {
    const all = Array.from({ length: 2000 }, (_, index) => sending(`Avatar ${index}`));
    desk.transfers(...all);
    for (let count = 100; count <= all.length; count += 100) {
      desk.transfers(...all.map((upload, index) => (index < count ? ends(upload, 'refused') : upload)));
      await vi.advanceTimersByTimeAsync(QUIET_MS + SECOND_MS);
    }
    expect(electron.Notification.all.filter(({ isShown }) => isShown)).toHaveLength(1);
    expect(shown().at(-1)).toMatchObject({ title: '2000 uploads refused' });
  });

  test('of many refusals while transfers run is shown at the first one, then every five minutes', async () => {
    const all = Array.from({ length: 101 }, (_, index) => sending(`Avatar ${index}`));
    desk.transfers(...all);
    for (let count = 1; count <= 100; count += 1) {
      desk.transfers(...all.map((upload, index) => (index < count ? ends(upload, 'refused') : upload)));
      await vi.advanceTimersByTimeAsync(QUIET_MS + SECOND_MS);
    }
    // 400 seconds.
    expect(shown()).toHaveLength(2);
    desk.transfers(...all.map((upload) => ends(upload, 'refused')));
    await quiet();
    expect(shown().at(-1)).toMatchObject({ title: '101 uploads refused' });
  });

  test('of a conflict is shown within ten seconds, however many transfers end in the meantime', async () => {
    const all = Array.from({ length: 30 }, (_, index) => sending(`Avatar ${index}`));
    const operation = operationView({ state: 'sending' });
    desk.transfers(...all);
    desk.operations(operation);
    desk.operations({ ...operation, state: 'conflict' });
    for (let count = 1; count <= 10; count += 1) {
      desk.transfers(...all.map((upload, index) => (index < count ? ends(upload) : upload)));
      await vi.advanceTimersByTimeAsync(SECOND_MS);
    }
    expect(shown()).toHaveLength(1);
    expect(JSON.stringify(shown())).toContain('1 conflict');
  });
});
