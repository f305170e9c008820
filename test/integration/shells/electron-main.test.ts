import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildIfChanged } from '../../../scripts/build-part.ts';
import { channels } from '../../../shared/contract/bridge.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..');

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

interface Report {
  readonly document: Answer;
  readonly outside: Answer;
  readonly session: { readonly serverUrl: string; readonly tokenStorage: string };
  readonly badInput: unknown;
  readonly chosen: unknown;
  readonly foreign: string;
  readonly channels: readonly string[];
  readonly facade: { readonly type: string; readonly members: readonly { readonly name: string }[] };
  readonly require: { readonly type: string };
  readonly icon: string;
  readonly preferences: Record<string, unknown>;
  readonly policies: readonly string[];
  readonly defaultSessionPolicies: readonly string[];
  readonly contentsListeners: readonly string[];
  readonly peerPolicy: string;
  readonly mayOpenWindows: boolean;
  readonly steps: readonly string[];
}

describe('the built Electron main process, over a stand-in for Electron itself', () => {
  let report: Report;
  let userDataDir: string;

  beforeAll(async () => {
    for (const part of ['main', 'workers', 'preload', 'renderer'] as const) await buildIfChanged(part);
    userDataDir = await mkdtemp(join(tmpdir(), 'gabinet-electron-'));
    const program = join(import.meta.dirname, '..', '..', 'support', 'shells', 'run-electron-main.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [program], {
      env: {
        ...process.env,
        FAKE_APP_PATH: PROJECT,
        GABINET_USER_DATA: userDataDir,
        GABINET_SERVER_URL: 'http://127.0.0.1:9',
      },
      timeout: 60_000,
    });
    report = JSON.parse(/^report (.*)$/m.exec(stdout)?.[1] ?? 'null');
  });

  test('starts and stops in order', () => {
    expect(report.steps).toEqual([
      'lock',
      'schemes [{"scheme":"app","privileges":{"standard":true,"secure":true,"supportFetchAPI":true,"corsEnabled":true,"codeCache":true}}]',
      'sandbox',
      'ready',
      'menu',
      'window',
      'load app://gabinet/',
      'minimized',
      'quit held back',
      'quit',
    ]);
  });

  test('serves the built renderer and nothing outside it', () => {
    expect(report.document).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(report.document.text).toContain('<title>Gabinet</title>');
    expect(report.document.text).not.toContain('__GABINET_STYLE_NONCE__');
    expect(report.outside.status).toBe(404);
  });

  test('exposes the application through exactly the contract’s channels', () => {
    expect([...report.channels].sort()).toEqual([...Object.keys(channels), 'shell.stageFiles'].sort());
    expect(report.session).toMatchObject({ serverUrl: 'http://127.0.0.1:9', tokenStorage: 'file' });
    expect(report.chosen).toEqual({
      folder: { handle: expect.any(String), path: '/chosen with openDirectory and createDirectory' },
    });
    expect(report.badInput).toEqual({ code: 'unexpected' });
    expect(report.foreign).toBe('rejected: This page may not use this channel.');
  });

  test('locks down both sessions and all web contents', () => {
    const policies = [
      'permission requests',
      'permission checks',
      'devices',
      'screen capture',
      'requests',
      'spell checker false',
    ];
    expect(report.policies).toEqual(policies);
    expect(report.defaultSessionPolicies).toEqual(policies);
    expect(report.contentsListeners).toEqual(
      expect.arrayContaining(['will-frame-navigate', 'will-redirect', 'will-attach-webview']),
    );
    expect(report.mayOpenWindows).toBe(true);
    expect(report.peerPolicy).toBe('disable_non_proxied_udp');
    expect(report.preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });

  test('provides window controls and no other module', () => {
    expect(report.facade.type).toBe('object');
    expect(report.facade.members.map(({ name }) => name)).toEqual([
      'minimize',
      'toggleMaximize',
      'close',
      'isMaximized',
    ]);
    expect(report.require.type).toBe('exception');
  });

  test('has an icon for its window', async () => {
    const picture = await readFile(report.icon);
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
  });

  test('restores the position of its window', async () => {
    const state = JSON.parse(await readFile(join(userDataDir, 'window-state.json'), 'utf8'));
    expect(state).toEqual({ bounds: { x: 10, y: 20, width: 1000, height: 700 }, isMaximized: false });
  });
});
