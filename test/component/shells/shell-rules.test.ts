import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, test } from 'vitest';
import { FailedEnd } from '../../../main/app/failed-end.ts';
import { quitInOrder } from '../../../main/app/orderly-quit.ts';
import { parseWindowState, usableState } from '../../../main/app/window-state-rules.ts';
import { readShellSettings } from '../../../main/platform/shell-settings.ts';
import { browserShellDataDir } from '../../../main/platform/user-folders.ts';
import { recordingLog } from '../../support/shells/fake-application.ts';

describe('window state', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 };
  const second = { x: 1920, y: 0, width: 1280, height: 1024 };
  const state = (x: number, y: number) => ({ bounds: { x, y, width: 1000, height: 700 }, isMaximized: false });

  test('is centered and fits a small screen at the first start', () => {
    expect(usableState(null, [screen]).bounds).toEqual({ x: 320, y: 120, width: 1280, height: 800 });
    expect(usableState(null, [{ x: 0, y: 25, width: 1024, height: 700 }]).bounds).toEqual({
      x: 0,
      y: 25,
      width: 1024,
      height: 700,
    });
  });

  test.each([
    ['where it was', state(100, 100), true],
    ['on a second screen', state(2000, 50), true],
    ['mostly left of the screen', state(-850, 100), true],
    ['out of reach to the left', state(-950, 100), false],
    ['above the screen', state(100, -200), false],
    ['below the screen', state(100, 1030), false],
    ['on a screen that is gone', state(5000, 100), false],
  ])('a window %s is kept only if it can be dragged', (_where, remembered, isKept) => {
    expect(usableState(remembered, [screen, second]) === remembered).toBe(isKept);
  });

  test.each([
    null,
    5,
    {},
    { bounds: {}, isMaximized: true },
    { bounds: { x: 0, y: 0, width: '9', height: 9 }, isMaximized: true },
  ])('%j is not a state', (json) => expect(() => parseWindowState(json)).toThrow());

  test('is stored and read back, and never falls below the minimum size', () => {
    const json = JSON.parse(JSON.stringify({ bounds: { x: 1, y: 2, width: 10, height: 10 }, isMaximized: true }));
    expect(parseWindowState(json)).toEqual({ bounds: { x: 1, y: 2, width: 900, height: 600 }, isMaximized: true });
  });
});

describe('an orderly quit', () => {
  function fakeApp() {
    const emitter = new EventEmitter();
    const done: string[] = [];
    const app = Object.assign(emitter, {
      exit: (code = 0) => void done.push(`exit ${code}`),
      quit: () => {
        let isHeldBack = false;
        emitter.emit('before-quit', { preventDefault: () => (isHeldBack = true) });
        if (!isHeldBack) done.push('gone');
      },
    });
    return { app: app as unknown as Pick<App, 'on' | 'quit' | 'exit'>, failedEnd: new FailedEnd(app), done };
  }

  test('stops the application once, even if it is requested several times', async () => {
    const { app, failedEnd, done } = fakeApp();
    const signals = new EventEmitter();
    let finish: () => void = () => expect.unreachable();
    const stop = () =>
      new Promise<void>((resolve) => {
        done.push('stopping');
        finish = resolve;
      });
    quitInOrder({ app, signals, stop, failedEnd, log: recordingLog() });
    app.quit();
    signals.emit('SIGTERM');
    app.quit();
    expect(done).toEqual(['stopping']);
    finish();
    await expect.poll(() => done).toEqual(['stopping', 'gone']);
  });

  test('exits with a failure code if stopping the application fails', async () => {
    const { app, failedEnd, done } = fakeApp();
    quitInOrder({
      app,
      failedEnd,
      signals: new EventEmitter(),
      stop: () => Promise.reject(new Error('disk')),
      log: recordingLog(),
    });
    app.quit();
    await expect.poll(() => done).toEqual(['exit 1']);
  });

  test('a failed start stops the application, then exits with a failure code', async () => {
    const { app, failedEnd, done } = fakeApp();
    const stop = async () => void done.push('stopped');
    const quit = quitInOrder({ app, failedEnd, signals: new EventEmitter(), stop, log: recordingLog() });
    quit.endAsFailed();
    app.quit();
    await expect.poll(() => done).toEqual(['stopped', 'exit 1']);
  });

  test('a start that fails while somebody quits leaves the end to that', async () => {
    const { app, failedEnd, done } = fakeApp();
    const stop = async () => void done.push('stopped');
    const quit = quitInOrder({ app, failedEnd, signals: new EventEmitter(), stop, log: recordingLog() });
    expect(quit.hasBegun()).toBe(false);
    app.quit();
    expect(quit.hasBegun()).toBe(true);
    quit.endAsFailed();
    await expect.poll(() => done).toEqual(['stopped', 'gone']);
  });
});

describe('settings of the shells', () => {
  test('have defaults', () => {
    expect(readShellSettings({})).toEqual({
      userDataDir: null,
      downloadsDir: null,
      defaultServerUrl: 'http://127.0.0.1:4610',
      pollIntervalMs: 5000,
      port: 0,
    });
  });

  test('come from the environment', () => {
    const settings = readShellSettings({
      GABINET_USER_DATA: '/u',
      GABINET_DOWNLOADS: '/d',
      GABINET_SERVER_URL: 'https://avatars.example',
      GABINET_POLL_MS: '200',
      GABINET_SHELL_PORT: '4711',
    });
    expect(settings).toEqual({
      userDataDir: '/u',
      downloadsDir: '/d',
      defaultServerUrl: 'https://avatars.example',
      pollIntervalMs: 200,
      port: 4711,
    });
  });

  test.each([
    { GABINET_SERVER_URL: 'avatars.example' },
    { GABINET_SERVER_URL: 'file:///etc' },
    { GABINET_POLL_MS: '0' },
    { GABINET_POLL_MS: 'soon' },
    { GABINET_SHELL_PORT: '65536' },
    { GABINET_SHELL_PORT: '-1' },
  ])('%j makes no sense and is named', (environment) => {
    expect(() => readShellSettings(environment)).toThrow(Object.keys(environment)[0]);
  });

  test('the browser shell uses another folder than Electron on each system', () => {
    const at = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv) =>
      browserShellDataDir({ platform, environment, home: '/home/dana' }).replaceAll('\\', '/');
    expect(at('linux', {})).toBe('/home/dana/.config/Gabinet (browser)');
    expect(at('linux', { XDG_CONFIG_HOME: '/x' })).toBe('/x/Gabinet (browser)');
    expect(at('darwin', {})).toBe('/home/dana/Library/Application Support/Gabinet (browser)');
    expect(at('win32', { APPDATA: 'C:/a' })).toBe('C:/a/Gabinet (browser)');
  });
});
