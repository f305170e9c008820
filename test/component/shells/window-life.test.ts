import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { endStuckWindow } from '../../../main/app/end-stuck-window.ts';
import { FailedEnd } from '../../../main/app/failed-end.ts';
import { quitInOrder } from '../../../main/app/orderly-quit.ts';
import { connectTransport } from '../../../main/ipc/electron/transport.ts';
import { followWindowState } from '../../../main/ipc/electron/window-state-events.ts';
import { guardRemoteModule } from '../../../main/security/remote-module.ts';
import { createWindowFacade } from '../../../main/security/window-facade.ts';
import { createFakeApplication, recordingLog } from '../../support/shells/fake-application.ts';
import { FakeContents, loadRealRemote, sendSync } from '../../support/shells/remote-main.ts';

class FakeWindow extends EventEmitter {
  isGone = false;
  isLarge = false;
  isDestroyed = () => this.isGone;
  isMaximized = () => this.isLarge;
  /** Without a page that has a say in it. */
  destroy = () => {
    this.isGone = true;
    this.emit('closed');
  };
}

describe('a window whose page does not close', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is destroyed after three seconds, which is logged', () => {
    const window = new FakeWindow();
    const log = recordingLog();
    endStuckWindow(window as never, log);
    window.emit('close');
    vi.advanceTimersByTime(2_900);
    window.emit('close');
    expect(window.isGone).toBe(false);
    vi.advanceTimersByTime(100);
    expect(window.isGone).toBe(true);
    expect(log.lines).toEqual([expect.stringContaining('warn The page did not close')]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is left alone if it closes in time', () => {
    const window = new FakeWindow();
    const log = recordingLog();
    endStuckWindow(window as never, log);
    window.emit('close');
    window.destroy();
    expect(vi.getTimerCount()).toBe(0);
    expect(log.lines).toEqual([]);
  });
});

describe('an application that does not stop', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('ends with its process after ten seconds, which is logged', () => {
    const app = new EventEmitter();
    const exits: number[] = [];
    const log = recordingLog();
    quitInOrder({
      app: Object.assign(app, { quit: () => undefined }) as unknown as App,
      failedEnd: new FailedEnd({ exit: (code = 0) => void exits.push(code) }),
      signals: new EventEmitter(),
      stop: () => new Promise(() => undefined),
      log,
    });
    app.emit('before-quit', { preventDefault: () => undefined });
    vi.advanceTimersByTime(9_900);
    expect(exits).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(exits).toEqual([1]);
    expect(log.lines.join()).toContain('did not stop in time');
  });
});

describe('the state of the window', () => {
  test('is reported whenever it changes, until it is no longer followed', () => {
    const window = new FakeWindow();
    const states: boolean[] = [];
    const unfollow = followWindowState(window as never, ({ isMaximized }) => states.push(isMaximized));
    window.isLarge = true;
    window.emit('maximize');
    window.isLarge = false;
    window.emit('unmaximize');
    expect(states).toEqual([true, false]);
    unfollow();
    window.emit('maximize');
    expect(states).toEqual([true, false]);
    expect(window.eventNames()).toEqual([]);
  });
});

/** All listeners of an emitter, by event. */
const listenersOf = (emitter: EventEmitter) =>
  Object.fromEntries(emitter.eventNames().map((name) => [String(name), emitter.listenerCount(name)]));

describe('twenty reloads', () => {
  test('leave as many listeners behind as the first load, and objects of the last page only', async () => {
    const { remote, ipcMain, app } = loadRealRemote();
    const contents = new FakeContents();
    const guard = guardRemoteModule({ remote, ipcMain, app, log: recordingLog() });
    const window = { minimize: vi.fn(), isDestroyed: () => false } as never;
    guard.enableFor(contents.asContents(), createWindowFacade(window));
    const electronIpc = Object.assign(ipcMain, { handle: vi.fn(), removeHandler: vi.fn() });
    const application = await createFakeApplication();
    connectTransport({ ipcMain: electronIpc, contents: contents as never, application, log: recordingLog() });

    const counts: unknown[] = [];
    const ids: unknown[] = [];
    for (let load = 0; load <= 20; load += 1) {
      const sending = { contents, contextId: `${load}-1` };
      ids.push(sendSync(ipcMain, sending, 'REMOTE_BROWSER_GET_CURRENT_WINDOW').id);
      counts.push({ contents: listenersOf(contents), ipcMain: listenersOf(ipcMain), app: listenersOf(app) });
      // Every other page ends without a word, as one that crashed.
      if (load % 2 === 0) sendSync(ipcMain, sending, 'REMOTE_BROWSER_CONTEXT_RELEASE');
    }
    expect(electronIpc.removeHandler).not.toHaveBeenCalled();
    for (const count of counts) expect(count).toEqual(counts[0]);
    expect(contents.listenerCount('render-view-deleted')).toBeLessThanOrEqual(1);
    const call = (id: unknown) =>
      sendSync(ipcMain, { contents, contextId: '20-1' }, 'REMOTE_BROWSER_MEMBER_CALL', id, 'minimize', []);
    expect(call(ids[0]).type).toBe('exception');
  });

  test('a page may ask for its window again, and its buttons still work', () => {
    const { remote, ipcMain, app } = loadRealRemote();
    const contents = new FakeContents();
    const guard = guardRemoteModule({ remote, ipcMain, app, log: recordingLog() });
    const minimize = vi.fn();
    guard.enableFor(contents.asContents(), createWindowFacade({ minimize, isDestroyed: () => false } as never));
    for (const contextId of ['1-1', '2-1', '2-1']) {
      const { id } = sendSync(ipcMain, { contents, contextId }, 'REMOTE_BROWSER_GET_CURRENT_WINDOW');
      sendSync(ipcMain, { contents, contextId }, 'REMOTE_BROWSER_MEMBER_CALL', id, 'minimize', []);
    }
    expect(minimize).toHaveBeenCalledTimes(3);
  });
});
