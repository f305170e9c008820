import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { guardRemoteModule } from '../../../main/security/remote-module.ts';
import { createWindowFacade } from '../../../main/security/window-facade.ts';
import { createPreloadBridge } from '../../../renderer/bridge/preload-bridge.ts';
import { channels } from '../../../shared/contract/bridge.ts';
import { recordingLog } from '../../support/shells/fake-application.ts';
import { FakeContents, loadRealRemote, sendSync } from '../../support/shells/remote-main.ts';
import { loadRealRemoteRenderer, withElectronStub } from '../../support/shells/remote-renderer.ts';

/** The parts of Electron that a sandboxed preload may require. */
const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as { channel: string; input: unknown }[],
  paths: new Map<string, string>(),
  answer: (_channel: string): Promise<unknown> => Promise.resolve({ ok: true, output: { ok: true, value: null } }),
  listeners: new Map<string, (event: unknown, ...rest: unknown[]) => void>(),
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => electron.exposed.set(name, value) },
  webUtils: { getPathForFile: (file: File) => electron.paths.get(file.name) ?? '' },
  ipcRenderer: {
    invoke: (channel: string, input: unknown) => {
      electron.invoked.push({ channel, input });
      return electron.answer(channel);
    },
    on: (channel: string, listener: () => void) => electron.listeners.set(channel, listener),
  },
}));

const { buildBridge } = await import('../../../preload/bridge.ts');
const { connectWindowControls } = await import('../../../preload/window-controls.ts');
const PROJECT = '00000000-0000-4000-8000-000000000001';

beforeEach(() => {
  electron.exposed.clear();
  electron.invoked.length = 0;
  electron.paths.clear();
  electron.answer = () => Promise.resolve({ ok: true, output: { ok: true, value: null } });
});

describe('checklist 20: the bridge that the page gets', () => {
  test('is one object without any Electron API', async () => {
    await withElectronStub({}, () => import('../../../preload/index.ts'));
    expect([...electron.exposed.keys()]).toEqual(['gabinet']);
  });

  test('has one function per channel and cannot call other channels', async () => {
    const bridge = buildBridge(null);
    const groups = new Set(Object.keys(channels).map((name) => name.split('.')[0]));
    expect(new Set(Object.keys(bridge))).toEqual(new Set([...groups, 'on', 'shell', 'stageFiles', 'windowControls']));
    await bridge.library.avatars({ projectUuid: PROJECT });
    expect(electron.invoked).toEqual([{ channel: 'library.avatars', input: { projectUuid: PROJECT } }]);
  });

  test("passes on only the contract's events, without Electron's event object", () => {
    const bridge = buildBridge(null);
    const received: unknown[][] = [];
    const stop = bridge.on('library.changed', (...all: unknown[]) => received.push(all));
    expect(() => bridge.on('shell.event' as never, () => undefined)).toThrow('no event');
    expect(() => bridge.on('constructor' as never, () => undefined)).toThrow('no event');
    const arrive = electron.listeners.get('shell.event');
    arrive?.({ sender: 'ipcRenderer' }, 'library.changed', { projectUuids: [] });
    stop();
    arrive?.({ sender: 'ipcRenderer' }, 'library.changed', { projectUuids: [PROJECT] });
    expect(received).toEqual([[{ projectUuids: [] }]]);
  });
});

describe('a call that fails', () => {
  test('reaches the page with its code, not as an error of Electron', async () => {
    electron.answer = () => Promise.resolve({ ok: false, failure: { code: 'unexpected' } });
    const bridge = createPreloadBridge(buildBridge(null));
    await expect(bridge.session.get()).rejects.toMatchObject({ failure: { code: 'unexpected' } });
    electron.answer = () => Promise.resolve({ ok: true, output: 5 });
    expect(await bridge.session.get()).toBe(5);
  });
});

describe('dropped files', () => {
  test('are sent by path, or one at a time as bytes if they have no path', async () => {
    electron.paths.set('a.gab', '/home/dana/a.gab');
    electron.paths.set('b.gab', '/home/dana/b.gab');
    const files = ['a.gab', 'made.gab', 'b.gab', 'made-too.gab'].map((name) => new File(['xyz'], name));
    await buildBridge(null).stageFiles(PROJECT, files);
    const sent = electron.invoked.map(({ input }) => (input as { files: { kind: string; name: string }[] }).files);
    expect(sent.map((group) => group.map(({ kind, name }) => `${kind} ${name}`))).toEqual([
      ['path a.gab', 'path b.gab'],
      ['bytes made.gab'],
      ['bytes made-too.gab'],
    ]);
  });

  test('above the size limit are reported without being read', async () => {
    const file = new File(['x'], 'big.gab');
    Object.defineProperty(file, 'size', { value: 50 * 1024 * 1024 + 1 });
    file.arrayBuffer = () => Promise.reject(new Error('must not be read'));
    await buildBridge(null).stageFiles(PROJECT, [file]);
    expect(electron.invoked[0]?.input).toMatchObject({ files: [{ kind: 'too-large', sizeBytes: 52_428_801 }] });
  });

  test('that are refused do not hold up the others, and the first failure is returned at the end', async () => {
    const signedOut = { ok: false, failure: { code: 'signed_out' } };
    const answers = [
      { ok: true, output: signedOut },
      { ok: false, failure: { code: 'unexpected' } },
    ];
    electron.answer = () => Promise.resolve(answers.shift());
    electron.paths.set('a.gab', '/dev/zero');
    const staged = buildBridge(null).stageFiles(PROJECT, [new File([], 'a.gab'), new File([], 'b.gab')]);
    expect(await staged).toEqual(signedOut);
    expect(electron.invoked).toHaveLength(2);
  });

  test('that can no longer be read are announced as such', async () => {
    const file = new File(['x'], 'gone.gab');
    file.arrayBuffer = () => Promise.reject(new Error('NotReadableError'));
    expect(await buildBridge(null).stageFiles(PROJECT, [file])).toEqual({ ok: true, value: null });
    expect(electron.invoked[0]?.input).toMatchObject({ files: [{ kind: 'unreadable', name: 'gone.gab' }] });
  });
});

describe('window controls, through the real @electron/remote on both sides', () => {
  async function connect(isEnabled: boolean) {
    const done: string[] = [];
    const real = loadRealRemote();
    const contents = new FakeContents();
    const window = {
      isDestroyed: () => false,
      minimize: () => void done.push('minimize'),
      maximize: () => void done.push('maximize'),
      unmaximize: () => void done.push('unmaximize'),
      isMaximized: () => done.at(-1) === 'maximize',
      close: () => void done.push('close'),
    };
    const guard = guardRemoteModule({ ...real, log: recordingLog() });
    if (isEnabled) guard.enableFor(contents.asContents(), createWindowFacade(window));
    const ipcRenderer = Object.assign(new EventEmitter(), {
      send: () => undefined,
      sendSync: (channel: string, contextId: unknown, ...rest: unknown[]) =>
        structuredClone(sendSync(real.ipcMain, { contents, contextId }, channel, ...rest)),
    });
    const renderer = await loadRealRemoteRenderer(ipcRenderer);
    return { done, renderer, controls: connectWindowControls('linux', () => renderer) };
  }

  test('minimize, maximize, restore and close the window', async () => {
    const { controls, done } = await connect(true);
    controls?.minimize();
    controls?.toggleMaximize();
    expect(controls?.isMaximized()).toBe(true);
    controls?.toggleMaximize();
    expect(controls?.isMaximized()).toBe(false);
    controls?.close();
    expect(done).toEqual(['minimize', 'maximize', 'unmaximize', 'close']);
  });

  test('give no access to other parts of @electron/remote', async () => {
    const { renderer } = await connect(true);
    for (const attempt of [
      () => renderer.require('child_process'),
      () => renderer.getBuiltin('shell'),
      () => renderer.getGlobal('process'),
      () => renderer.getCurrentWebContents(),
    ]) {
      expect(attempt).toThrow();
    }
  });

  test('are null if the main process does not offer them, and on macOS', async () => {
    const { renderer, controls } = await connect(false);
    expect(controls).toBeNull();
    expect(connectWindowControls('darwin', () => renderer)).toBeNull();
  });

  test('are null if the module cannot be loaded', () => {
    const load = () => {
      throw new Error('Electron >=v13.0.0-beta.6 required to support sandboxed renderers');
    };
    expect(connectWindowControls('linux', load)).toBeNull();
  });
});

describe('the built preload', () => {
  test('requires nothing from its sandbox but electron', async () => {
    const { readFile } = await import('node:fs/promises');
    const { buildIfChanged } = await import('../../../scripts/build-part.ts');
    await buildIfChanged('preload');
    const text = await readFile(new URL('../../../out/preload/index.cjs', import.meta.url), 'utf8');
    const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1]);
    expect(new Set(required)).toEqual(new Set(['electron', '@electron/remote/main']));
    // The second one is in the text of an error message, not in a call.
    expect(text).toContain('Instead require("@electron/remote/main")');
  });
});
