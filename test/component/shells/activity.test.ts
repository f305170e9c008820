import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { QUIET_MS } from '../../../main/app/activity/notifier.ts';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { DEFAULT_NOTIFICATION_SETTINGS, type NotificationSettings } from '../../../shared/contract/notifications.ts';
import type { OperationView } from '../../../shared/contract/operations.ts';
import type { SessionState } from '../../../shared/contract/session.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/lib/durations.ts';
import { FakeApplication, recordingLog } from '../../support/shells/fake-application.ts';
import { newAvatarUuid, newVersionUuid } from '../../support/uuids.ts';
import { nextUuid, operationView, projectView, transferView } from '../../support/views.ts';

vi.mock('electron', () => import('../../../scripts/package/fake-electron.ts'));

const electron = await import('../../../scripts/package/fake-electron.ts');
const { showActivity } = await import('../../../main/app/activity/show-activity.ts');

const DANA: SessionState['user'] = {
  uuid: nextUuid(),
  email: 'dana@aurora.example',
  name: 'Dana',
  isAdmin: false,
  memberships: [],
  mustSetUpSecondFactor: false,
};

function sessionOf(change: Partial<SessionState> = {}): SessionState {
  return {
    serverUrl: 'http://127.0.0.1:9',
    lastEmail: null,
    user: DANA,
    connection: 'online',
    unreached: null,
    syncedAt: null,
    tokenStorage: 'file',
    notice: null,
    repair: null,
    ...change,
  };
}

/** What the application returns when it is asked. */
interface Held {
  transfers: TransferView[];
  operations: OperationView[];
  projects: ProjectView[];
  session: SessionState;
  notifications: NotificationSettings;
}

class Desk {
  readonly application = new FakeApplication('/nowhere');
  readonly window = new electron.BrowserWindow({ webPreferences: {} });
  readonly log = recordingLog();
  readonly held: Held = {
    transfers: [],
    operations: [],
    projects: [],
    session: sessionOf(),
    notifications: DEFAULT_NOTIFICATION_SETTINGS,
  };

  /** Starts with nobody looking at the window. */
  async start(): Promise<this> {
    this.application.answer = async (channel) => this.#answer(channel);
    this.window.hasFocus = false;
    showActivity({ window: this.window as never, application: this.application, log: this.log });
    await vi.advanceTimersByTimeAsync(0);
    return this;
  }

  #answer(channel: string): unknown {
    const { transfers, operations, projects, session, notifications } = this.held;
    const answers: Record<string, unknown> = {
      'settings.get': { uploadLimitBytesPerSecond: null, notifications },
      'session.get': session,
      'transfers.list': { ok: true, value: transfers },
      'operations.list': { ok: true, value: operations },
      'library.projects': { ok: true, value: projects },
    };
    return answers[channel];
  }

  transfers(...transfers: TransferView[]): void {
    this.held.transfers = transfers;
    this.application.emit('transfers.changed', transfers);
  }

  operations(...operations: OperationView[]): void {
    this.held.operations = operations;
    this.application.emit('operations.changed', operations);
  }

  async projects(...projects: ProjectView[]): Promise<void> {
    this.held.projects = projects;
    this.application.emit('library.changed', { projectUuids: [] });
    await vi.advanceTimersByTimeAsync(0);
  }

  session(change: Partial<SessionState>): void {
    this.held.session = sessionOf(change);
    this.application.emit('session.changed', this.held.session);
  }

  focus(): void {
    this.window.hasFocus = true;
    this.window.emit('focus');
  }

  async leave(): Promise<void> {
    this.window.hasFocus = false;
    this.window.emit('blur');
    await vi.advanceTimersByTimeAsync(0);
  }
}

const ends = (transfer: TransferView, state: TransferView['state'] = 'done'): TransferView => ({
  ...transfer,
  state,
  failure: state === 'done' ? null : { code: 'disk_full' },
});
const sending = (avatarName: string, change: Partial<TransferView> = {}) =>
  transferView({ state: 'sending', avatarName, fileName: `${avatarName.toLowerCase()}.gab`, ...change });
const shown = () => electron.Notification.all.map(({ options }) => options);
const quiet = () => vi.advanceTimersByTimeAsync(QUIET_MS);

let desk: Desk;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  electron.Notification.all.length = 0;
  electron.app.badgeCounts.length = 0;
  desk = await new Desk().start();
});

afterEach(() => {
  desk.window.close();
  electron.app.removeAllListeners();
  vi.useRealTimers();
  electron.BrowserWindow.only = null;
});

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
