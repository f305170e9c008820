import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { QUIET_MS } from '../../../main/app/activity/notifier.ts';
import { DEFAULT_NOTIFICATION_SETTINGS } from '../../../shared/contract/notifications.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { MINUTE_MS } from '../../../shared/lib/durations.ts';
import { nextUuid, operationView } from '../../support/views.ts';

vi.mock('electron', () => import('../../../scripts/package/fake-electron.ts'));

const electron = await import('../../../scripts/package/fake-electron.ts');
const { DANA, Desk, ends, quiet, sending, shown } = await import('../../support/shells/activity-desk.ts');

let desk: InstanceType<typeof Desk>;

beforeEach(async () => {
  desk = await Desk.open();
});

afterEach(() => desk.close());

describe('a notification', () => {
  test('reports a whole batch once, after a quiet moment', async () => {
    const batch = ['Mara', 'Otto', 'Ines'].map((name) => sending(name));
    desk.transfers(...batch);
    const [mara, otto, ines] = batch as [TransferView, TransferView, TransferView];
    desk.transfers(ends(mara), otto, ines);
    await quiet();
    desk.transfers(ends(mara), ends(otto), ines);
    desk.transfers(ends(mara), ends(otto), ends(ines, 'refused'));
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    expect(shown()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(shown()).toEqual([{ title: '2 avatars uploaded, 1 refused', body: 'Not uploaded: ines.gab' }]);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(shown()).toHaveLength(1);
  });

  test('is not shown for what happens while somebody looks at the window', async () => {
    const upload = sending('Mara');
    desk.focus();
    desk.transfers(upload);
    desk.transfers(ends(upload));
    await desk.leave();
    await quiet();
    expect(shown()).toEqual([]);
  });

  test('is not shown if somebody looks at the window before the quiet moment is over', async () => {
    const upload = sending('Mara');
    desk.transfers(upload);
    desk.transfers(ends(upload));
    desk.focus();
    await quiet();
    expect(shown()).toEqual([]);
  });

  test('is not shown for what was there before, or for what was canceled', async () => {
    desk.transfers(ends(sending('Mara')), ends(sending('Otto'), 'refused'));
    const upload = sending('Ines');
    desk.transfers(upload);
    desk.transfers({ ...upload, state: 'cancelled', failure: null });
    await quiet();
    expect(shown()).toEqual([]);
  });

  test('is not shown for a transfer that will be retried without anybody’s help', async () => {
    const upload = sending('Mara');
    desk.transfers(upload);
    desk.transfers({ ...ends(upload, 'failed'), waitsFor: 'network' });
    await quiet();
    expect(shown()).toEqual([]);
  });

  test('reports operations that were parked, and shows their project when it is clicked', async () => {
    const operation = operationView({ state: 'sending' });
    desk.operations(operation);
    desk.operations({ ...operation, state: 'conflict' });
    await quiet();
    expect(shown()).toEqual([{ title: '1 conflict', body: 'Mara' }]);
    electron.Notification.all[0]?.emit('click');
    expect(desk.application.shownTargets).toEqual([{ kind: 'project', projectUuid: operation.projectUuid }]);
    expect(desk.window.calls).toEqual(['restore', 'show', 'focus']);
  });

  test('reports that a sign-in ended, but not that somebody signed out', async () => {
    desk.session({ user: null, notice: { code: 'sign_in_expired' } });
    await quiet();
    expect(shown()).toEqual([{ title: 'You were signed out', body: 'Sign in to continue.' }]);
    electron.Notification.all[0]?.emit('click');
    expect(desk.application.shownTargets).toEqual([]);
    electron.Notification.all.length = 0;
    desk.session({});
    await quiet();
    desk.session({ user: null });
    await quiet();
    expect(shown()).toEqual([]);
  });

  test('never mixes two accounts', async () => {
    const upload = sending('Mara');
    desk.transfers(upload);
    desk.transfers(ends(upload));
    desk.held.transfers = [ends(sending('Otto'))];
    desk.session({ user: DANA === null ? null : { ...DANA, uuid: nextUuid() } });
    await quiet();
    desk.transfers(...desk.held.transfers);
    await quiet();
    expect(shown()).toEqual([]);
  });

  test('is not shown for a kind that is switched off, and has no names if they are hidden', async () => {
    const { kinds } = DEFAULT_NOTIFICATION_SETTINGS;
    desk.application.emit('settings.changed', {
      uploadLimitBytesPerSecond: null,
      notifications: { kinds: { ...kinds, uploads: false }, showsNames: false },
    });
    const [upload, download] = [sending('Mara'), sending('Otto', { kind: 'download', state: 'receiving' })];
    desk.transfers(upload, download);
    desk.transfers(ends(upload), ends(download));
    await quiet();
    expect(shown()).toEqual([{ title: '1 avatar downloaded', body: '' }]);
  });

  test('is not attempted where the system has none', async () => {
    const supported = vi.spyOn(electron.Notification, 'isSupported').mockReturnValue(false);
    const upload = sending('Mara');
    desk.transfers(upload);
    desk.transfers(ends(upload));
    await quiet();
    expect(electron.Notification.all).toEqual([]);
    supported.mockRestore();
  });
});
