import { vi } from 'vitest';
import { QUIET_MS } from '../../../main/app/activity/notifier.ts';
import { showActivity } from '../../../main/app/activity/show-activity.ts';
import * as electron from '../../../scripts/package/fake-electron.ts';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { DEFAULT_NOTIFICATION_SETTINGS, type NotificationSettings } from '../../../shared/contract/notifications.ts';
import type { OperationView } from '../../../shared/contract/operations.ts';
import type { SessionState } from '../../../shared/contract/session.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { nextUuid, transferView } from '../views.ts';
import { FakeApplication, recordingLog } from './fake-application.ts';

// For tests that replace `electron` by `fake-electron.ts`; they import this file after that.

export const DANA: SessionState['user'] = {
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

/** The window and the application whose activity is shown. */
export class Desk {
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

  /** Nobody looks at the window, and the clock stands still until the test moves it. */
  static async open(): Promise<Desk> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    electron.Notification.all.length = 0;
    electron.app.badgeCounts.length = 0;
    return new Desk().start();
  }

  async start(): Promise<this> {
    this.application.answer = async (channel) => this.#answer(channel);
    this.window.hasFocus = false;
    showActivity({ window: this.window as never, application: this.application, log: this.log });
    await vi.advanceTimersByTimeAsync(0);
    return this;
  }

  close(): void {
    this.window.close();
    electron.app.removeAllListeners();
    vi.useRealTimers();
    electron.BrowserWindow.only = null;
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

export const ends = (transfer: TransferView, state: TransferView['state'] = 'done'): TransferView => ({
  ...transfer,
  state,
  failure: state === 'done' ? null : { code: 'disk_full' },
});

export const sending = (avatarName: string, change: Partial<TransferView> = {}) =>
  transferView({ state: 'sending', avatarName, fileName: `${avatarName.toLowerCase()}.gab`, ...change });

/** The notifications that were shown, the first one first. */
export const shown = () => electron.Notification.all.map(({ options }) => options);

export const quiet = () => vi.advanceTimersByTimeAsync(QUIET_MS);
