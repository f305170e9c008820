import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { connectTransport } from '../../../main/ipc/electron/transport.ts';
import { channels } from '../../../shared/contract/bridge.ts';
import { EVENT_CHANNEL, STAGE_CHANNEL } from '../../../shared/contract/shell-channels.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { fail } from '../../../shared/lib/result.ts';
import {
  createFakeApplication,
  type FakeApplication,
  recordingLog,
  temporaryFolder,
} from '../../support/shells/fake-application.ts';

const PROJECT = '00000000-0000-4000-8000-000000000001';
const TOP_FRAME = { origin: 'app://gabinet', parent: null, processId: 5, routingId: 1 };
const TRUSTED = { sender: { id: 1 }, processId: 5, frameId: 1, senderFrame: TOP_FRAME };

type Handler = (event: typeof TRUSTED, input: unknown) => Promise<unknown>;

/** Like Electron's: a call of a channel without a handler rejects. */
class FakeIpcMain {
  readonly handlers = new Map<string, Handler>();
  handle = (name: string, handler: unknown) => void this.handlers.set(name, handler as Handler);
  removeHandler = (name: string) => void this.handlers.delete(name);
  async call(name: string, input?: unknown, event: unknown = TRUSTED): Promise<unknown> {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`No handler registered for '${name}'`);
    return handler(event as typeof TRUSTED, input);
  }
}

let application: FakeApplication;
let ipcMain: FakeIpcMain;
let sent: unknown[][];
let contents: {
  id: number;
  isDestroyed: () => boolean;
  isCrashed: () => boolean;
  send: (...sent: unknown[]) => void;
  mainFrame: { origin: string };
};
let disconnect: () => void;
let log: ReturnType<typeof recordingLog>;

beforeEach(async () => {
  application = await createFakeApplication();
  ipcMain = new FakeIpcMain();
  sent = [];
  contents = {
    id: 1,
    isDestroyed: () => false,
    isCrashed: () => false,
    send: (...message) => sent.push(message),
    mainFrame: { origin: 'app://gabinet' },
  };
  log = recordingLog();
  disconnect = connectTransport({ ipcMain, contents: contents as never, application, log });
});

describe('channels', () => {
  test('are exactly those of the contract and one for dropped files', () => {
    expect([...ipcMain.handlers.keys()].sort()).toEqual([...Object.keys(channels), STAGE_CHANNEL].sort());
  });

  test('the shell’s own names are not channels of the contract', () => {
    expect(Object.keys(channels)).not.toContain(EVENT_CHANNEL);
    expect(Object.keys(channels)).not.toContain(STAGE_CHANNEL);
  });

  test('carry input and output', async () => {
    application.answer = async (channel, input) => ({ channel, input });
    expect(await ipcMain.call('library.avatars', { a: 1 })).toEqual({
      ok: true,
      output: { channel: 'library.avatars', input: { a: 1 } },
    });
  });

  test('answer a coded failure, and log the reason, whatever is rejected behind them', async () => {
    application.answer = () => Promise.reject(new Error('Bad input'));
    application.stageFiles = () => Promise.reject(new Error('disk'));
    for (const name of ipcMain.handlers.keys()) {
      expect(await ipcMain.call(name, { projectUuid: 5 })).toEqual({ ok: false, failure: { code: 'unexpected' } });
    }
    expect(log.lines.join('\n')).toMatch(/library\.avatars.*Bad input/);
    expect(log.lines.join('\n')).toContain(STAGE_CHANNEL);
  });

  test('with an unknown name are rejected', async () => {
    await expect(ipcMain.call('library.everything')).rejects.toThrow('No handler');
  });

  test.each([
    ['another window', { ...TRUSTED, sender: { id: 2 } }],
    ['a frame inside', { ...TRUSTED, senderFrame: { ...TOP_FRAME, parent: {} } }],
    ['another origin', { ...TRUSTED, senderFrame: { ...TOP_FRAME, origin: 'https://evil.example' } }],
    ['a frame that is gone', { ...TRUSTED, senderFrame: null }],
    ['a document that is no longer shown', { ...TRUSTED, processId: 4 }],
  ])('reject %s, every one of them', async (_who, event) => {
    for (const name of ipcMain.handlers.keys()) {
      await expect(ipcMain.call(name, undefined, event)).rejects.toThrow('may not use this channel');
    }
    expect(application.invoked).toEqual([]);
    expect(application.staged).toEqual([]);
  });

  test('are unregistered when the window closes', () => {
    disconnect();
    expect(ipcMain.handlers.size).toBe(0);
    application.emit('library.changed', { projectUuids: [] });
    expect(sent).toEqual([]);
  });
});

describe('events', () => {
  test('are sent to our page', () => {
    application.emit('library.changed', { projectUuids: [PROJECT] });
    expect(sent).toEqual([[EVENT_CHANNEL, 'library.changed', { projectUuids: [PROJECT] }]]);
  });

  test('are not sent to another page or to a destroyed window', () => {
    contents.mainFrame.origin = 'https://evil.example';
    application.emit('library.changed', { projectUuids: [] });
    contents.mainFrame.origin = 'app://gabinet';
    contents.isDestroyed = () => true;
    application.emit('library.changed', { projectUuids: [] });
    expect(sent).toEqual([]);
  });

  test('are not sent to a page whose process crashed, or whose frame has just ended', () => {
    Object.defineProperty(contents, 'mainFrame', {
      get: () => ({
        get origin() {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed');
        },
      }),
    });
    contents.isCrashed = () => true;
    application.emit('library.changed', { projectUuids: [] });
    contents.isCrashed = () => false;
    application.emit('library.changed', { projectUuids: [] });
    expect(sent).toEqual([]);
  });
});

describe('dropped files', () => {
  const stage = (...files: unknown[]) => ipcMain.call(STAGE_CHANNEL, { projectUuid: PROJECT, files });
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder('dropped');
    await writeFile(join(folder, 'mara.gab'), 'bytes of mara');
  });

  test('are passed on by path, with their size on disk', async () => {
    const path = join(folder, 'mara.gab');
    await stage({ kind: 'path', name: 'mara.gab', path, size: 1 });
    const file = { path, fileName: 'mara.gab', sizeBytes: 13, isTemporary: false };
    expect(application.staged[0]?.files).toMatchObject([file]);
  });

  test('without a path are written to disk first', async () => {
    await stage({ kind: 'bytes', name: '../../x.gab', bytes: new Uint8Array([1, 2, 3]) });
    const [file] = application.staged[0]?.files ?? [];
    expect(file).toMatchObject({ fileName: '../../x.gab', sizeBytes: 3, isTemporary: true });
    expect(await readdir(application.receivedFilesDir)).toHaveLength(1);
    expect([...(await readFile(file?.path ?? ''))]).toEqual([1, 2, 3]);
  });

  test.each([
    ['refuses them', async () => fail({ code: 'disk_full' })],
    ['fails', () => Promise.reject(new Error('disk'))],
  ])('without a path do not stay on disk if the application %s; chosen files do', async (_what, stageFiles) => {
    application.stageFiles = stageFiles;
    const path = join(folder, 'mara.gab');
    await stage({ kind: 'path', name: 'mara.gab', path }, { kind: 'bytes', name: 'x.gab', bytes: new Uint8Array(3) });
    expect(await readdir(application.receivedFilesDir)).toEqual([]);
    expect(await readdir(folder)).toEqual(['mara.gab']);
  });

  test('without a path and above the size limit are passed on without their bytes', async () => {
    await stage({ kind: 'too-large', name: 'big.gab', sizeBytes: MAX_BUNDLE_BYTES + 1 });
    expect(application.staged[0]?.files).toEqual([
      { path: null, fileName: 'big.gab', sizeBytes: MAX_BUNDLE_BYTES + 1, isTemporary: false },
    ]);
  });

  test('that are not regular files are staged with the reason and do not hold up the others', async () => {
    await mkdir(join(folder, 'folder.gab'));
    await symlink('/dev/zero', join(folder, 'endless.gab'));
    const names = ['folder.gab', 'endless.gab', 'gone.gab', 'mara.gab'];
    const files = names.map((name) => ({ kind: 'path', name, path: join(folder, name) }));
    expect(await stage(...files)).toEqual({ ok: true, output: { ok: true, value: null } });
    expect(application.staged[0]?.files.map(({ fileName, failure }) => [fileName, failure?.code ?? null])).toEqual([
      ['folder.gab', 'not_a_file'],
      ['endless.gab', 'not_a_file'],
      ['gone.gab', 'file_gone'],
      ['mara.gab', null],
    ]);
  });

  test.each([
    ['is relative', 'x', '../x'],
    ['contains NUL', 'x\0.gab', '/tmp/x\0.gab'],
    ['is of another file than the name says', 'mara.gab', '/etc/passwd'],
    ['ends with the name as part of another', 'a.gab', '/tmp/mara.gab'],
    ['is a folder', '..', '/tmp/..'],
  ])('whose path %s are never read', async (_what, name, path) => {
    await stage({ kind: 'path', name, path });
    expect(application.staged[0]?.files).toEqual([
      { path: null, fileName: name, sizeBytes: 0, isTemporary: false, failure: { code: 'not_a_file' } },
    ]);
  });

  test('whose name has composed accents where the system has decomposed ones are read', async () => {
    const path = join(folder, 'Zoe\u0308.gab');
    await writeFile(path, 'zoe');
    await stage({ kind: 'path', name: 'Zo\u00EB.gab', path });
    expect(application.staged[0]?.files).toMatchObject([{ path, sizeBytes: 3 }]);
  });

  test('that cannot be read by the page are staged with the reason', async () => {
    await stage({ kind: 'unreadable', name: 'gone.gab' });
    expect(application.staged[0]?.files).toMatchObject([{ path: null, failure: { code: 'file_gone' } }]);
  });

  test.each([
    ['no name', { kind: 'path', name: '', path: '/tmp/x' }],
    ['an unknown kind', { kind: 'url', name: 'x', url: 'https://evil.example' }],
    ['a string in place of bytes', { kind: 'bytes', name: 'x', bytes: 'abc' }],
    ['a size below the limit', { kind: 'too-large', name: 'x', sizeBytes: 1 }],
  ])('announced with %s are refused', async (_what, file) => {
    expect(await stage(file)).toEqual({ ok: false, failure: { code: 'unexpected' } });
    expect(application.staged).toEqual([]);
  });
});
