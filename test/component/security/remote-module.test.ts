import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { REMOTE_CHANNELS } from '../../../main/security/remote-channels.ts';
import { guardRemoteModule } from '../../../main/security/remote-module.ts';
import { createWindowFacade } from '../../../main/security/window-facade.ts';
import { recordingLog } from '../../support/shells/fake-application.ts';
import {
  FakeContents,
  loadRealRemote,
  type Meta,
  type RealRemote,
  sendSync,
  TOP_FRAME,
} from '../../support/shells/remote-main.ts';

const WINDOW = 'REMOTE_BROWSER_GET_CURRENT_WINDOW';
const CALLBACK = { type: 'function', id: 1, length: 0 };
const CALL = 'REMOTE_BROWSER_MEMBER_CALL';

let real: RealRemote;
let main: FakeContents;
let log: ReturnType<typeof recordingLog>;
let done: string[];
let isMaximized: boolean;

function fakeWindow() {
  return {
    isDestroyed: () => false,
    minimize: () => void done.push('minimize'),
    maximize: () => void done.push('maximize'),
    unmaximize: () => void done.push('unmaximize'),
    isMaximized: () => isMaximized,
    close: () => void done.push('close'),
  };
}

beforeEach(() => {
  real = loadRealRemote();
  main = new FakeContents();
  log = recordingLog();
  done = [];
  isMaximized = false;
  const guard = guardRemoteModule({ ...real, log });
  guard.enableFor(main.asContents(), createWindowFacade(fakeWindow()));
});

const ask = (channel: string, ...args: unknown[]) => sendSync(real.ipcMain, { contents: main }, channel, ...args);
const windowId = () => ask(WINDOW).id;

function expectRefused(answer: Meta): void {
  expect(answer.type).toBe('exception');
  expect((answer.value as Meta).value).toMatchObject({ message: 'Pages have no access to this.' });
}

describe('checklist 20: @electron/remote gives the window controls and nothing else', () => {
  test('without the guard, @electron/remote exposes the whole main process', () => {
    const open = loadRealRemote();
    open.remote.initialize();
    open.remote.enable(main.asContents());
    const facade = createWindowFacade(fakeWindow());
    open.app.on('remote-get-current-window', (event: { returnValue: unknown }) => {
      event.returnValue = { minimize: () => facade.minimize() };
    });
    const send = (channel: string, ...args: unknown[]) => sendSync(open.ipcMain, { contents: main }, channel, ...args);
    const method = send('REMOTE_BROWSER_MEMBER_GET', send(WINDOW).id, 'minimize');
    const functionConstructor = send('REMOTE_BROWSER_MEMBER_GET', method.id, 'constructor');
    expect(functionConstructor.name).toBe('Function');
    const made = send('REMOTE_BROWSER_FUNCTION_CALL', functionConstructor.id, [
      { type: 'value', value: 'return process.pid' },
    ]);
    const answer = send('REMOTE_BROWSER_FUNCTION_CALL', made.id, []);
    expect(answer.value).toBe(process.pid);
  });

  test('the window is a facade with four functions and no prototype', () => {
    const meta = ask(WINDOW);
    expect(meta).toMatchObject({ type: 'object', name: '', proto: null });
    expect(meta.members?.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'minimize method',
      'toggleMaximize method',
      'close method',
      'isMaximized method',
    ]);
  });

  test('the functions of the facade work and return primitives', () => {
    const id = windowId();
    expect(ask(CALL, id, 'minimize', [])).toEqual({ type: 'value', value: undefined });
    ask(CALL, id, 'toggleMaximize', []);
    isMaximized = true;
    ask(CALL, id, 'toggleMaximize', []);
    expect(ask(CALL, id, 'isMaximized', [])).toEqual({ type: 'value', value: true });
    ask(CALL, id, 'close', []);
    expect(done).toEqual(['minimize', 'maximize', 'unmaximize', 'close']);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'call', 'then', 'valueOf', ''])(
    'calling %j on the facade is refused',
    (name) => expectRefused(ask(CALL, windowId(), name, [])),
  );

  test.each(['minimize', 'constructor', '__proto__'])('reading %j is refused', (name) => {
    expectRefused(ask('REMOTE_BROWSER_MEMBER_GET', windowId(), name));
  });

  test('setting a member is refused and changes nothing', () => {
    const id = windowId();
    expectRefused(ask('REMOTE_BROWSER_MEMBER_SET', id, 'minimize', [{ type: 'value', value: 1 }]));
    ask(CALL, id, 'minimize', []);
    expect(done).toEqual(['minimize']);
  });

  test('calling constructors, of members or of plain functions, is refused', () => {
    expectRefused(ask('REMOTE_BROWSER_MEMBER_CONSTRUCTOR', windowId(), 'minimize', []));
    expectRefused(ask('REMOTE_BROWSER_CONSTRUCTOR', windowId(), []));
    expectRefused(ask('REMOTE_BROWSER_FUNCTION_CALL', windowId(), []));
  });

  test.each([
    ['a callback', [CALLBACK]],
    [
      'an object that passes for a promise',
      [JSON.parse('{"type":"promise","then":{"type":"function","id":1,"length":0}}')],
    ],
    ['another remote object', [{ type: 'remote-object', id: 1 }]],
    ['a value', [{ type: 'value', value: 1 }]],
    ['no list', { length: 0 }],
    ['nothing', undefined],
  ])('a call with %s as arguments is refused', (_what, args) => {
    expectRefused(ask(CALL, windowId(), 'minimize', args));
    expect(done).toEqual([]);
  });

  test.each([0, 1, 2, 3, 100, -1, '1', null, undefined, { valueOf: () => 1 }])(
    'the guessed object id %j is refused',
    (id) => {
      // The guard has not handed anything out yet, whatever the registry contains.
      expectRefused(ask(CALL, id, 'minimize', []));
    },
  );

  test('objects that were registered for another caller cannot be reached by their ID', () => {
    const id = windowId() ?? 0;
    for (let other = id - 20; other < id + 20; other += 1) {
      if (other !== id) expectRefused(ask(CALL, other, 'minimize', []));
    }
  });

  test.each([
    ['REMOTE_BROWSER_REQUIRE', 'child_process'],
    ['REMOTE_BROWSER_GET_BUILTIN', 'shell'],
    ['REMOTE_BROWSER_GET_GLOBAL', 'process'],
    ['REMOTE_BROWSER_GET_CURRENT_WEB_CONTENTS', undefined],
    ['REMOTE_BROWSER_WRONG_CONTEXT_ERROR', 'context-1'],
  ])('%s is refused and logged', (channel, argument) => {
    expectRefused(ask(channel, argument));
    expect(log.lines.join('\n')).toContain(channel);
  });

  test('without the channel guard, each permission event is still refused', () => {
    const bare = loadRealRemote();
    const events = new EventEmitter();
    guardRemoteModule({ remote: bare.remote, ipcMain: bare.ipcMain, app: events, log });
    for (const name of [
      'remote-require',
      'remote-get-builtin',
      'remote-get-global',
      'remote-get-current-web-contents',
      'remote-get-current-window',
    ]) {
      const question = { sender: new FakeContents(), returnValue: undefined, defaultPrevented: false };
      events.emit(name, question, question.sender, 'fs');
      expect(question).toMatchObject({ defaultPrevented: true, returnValue: undefined });
    }
  });
});

describe('checklist 17: other senders are refused on every channel', () => {
  const senders = {
    'another window': () => ({ contents: new FakeContents() }),
    'a frame inside ours': () => ({ contents: main, frame: { ...TOP_FRAME, parent: TOP_FRAME } }),
    'another origin in our window': () => ({ contents: main, frame: { ...TOP_FRAME, origin: 'https://evil.example' } }),
    'an origin that begins like ours': () => ({
      contents: main,
      frame: { ...TOP_FRAME, origin: 'app://gabinet.evil' },
    }),
    'a frame that is gone': () => ({ contents: main, frame: null }),
    'a document whose place ours has taken': () => ({ contents: main, processId: TOP_FRAME.processId - 1 }),
    'a context that is not text': () => ({ contents: main, contextId: { toString: () => 'context-1' } }),
  };

  test.each(Object.entries(senders))('%s', (_who, sender) => {
    const id = windowId();
    for (const channel of Object.keys(REMOTE_CHANNELS)) {
      expectRefused(sendSync(real.ipcMain, sender(), channel, id, 'minimize', []));
    }
    expect(done).toEqual([]);
  });

  test('the empty document that a window begins with does not take the controls from the page', () => {
    const id = windowId();
    const late = { contents: main, processId: TOP_FRAME.processId - 1, contextId: 'context-of-the-empty-document' };
    expectRefused(sendSync(real.ipcMain, late, WINDOW));
    ask(CALL, id, 'minimize', []);
    expect(done).toEqual(['minimize']);
  });

  test('a window for which @electron/remote was enabled without the guard gets nothing', () => {
    const other = new FakeContents();
    real.remote.enable(other.asContents());
    expectRefused(sendSync(real.ipcMain, { contents: other }, WINDOW));
    expectRefused(sendSync(real.ipcMain, { contents: other }, CALL, windowId(), 'minimize', []));
  });

  test('only one window can be enabled', () => {
    const fresh = loadRealRemote();
    const guard = guardRemoteModule({ ...fresh, log });
    guard.enableFor(main.asContents(), createWindowFacade(fakeWindow()));
    expect(() => guard.enableFor(new FakeContents().asContents(), createWindowFacade(fakeWindow()))).toThrow(
      'one window',
    );
  });
});

describe('checklist 16: another version of @electron/remote', () => {
  const withListeners = (...channels: string[]) => {
    const ipcMain = new EventEmitter();
    const initialize = () => {
      for (const channel of channels) ipcMain.on(channel, () => undefined);
    };
    const remote = { initialize, enable: () => undefined };
    return { ipcMain, start: () => guardRemoteModule({ remote, ipcMain, app: new EventEmitter(), log }) };
  };

  test.each([
    ['a new channel', [...Object.keys(REMOTE_CHANNELS), 'REMOTE_BROWSER_NEW']],
    ['a missing channel', Object.keys(REMOTE_CHANNELS).slice(1)],
    ['two listeners on one channel', [...Object.keys(REMOTE_CHANNELS), WINDOW]],
  ])('with %s stays off', (_what, channels) => {
    const { ipcMain, start } = withListeners(...channels);
    expect(start).toThrow('other channels than expected');
    expect(ipcMain.eventNames()).toEqual([]);
  });
});

describe('the facade itself', () => {
  test('has no prototypes, is frozen, and does nothing once its window is destroyed', () => {
    const facade = createWindowFacade({ ...fakeWindow(), isDestroyed: () => true });
    expect(Object.getPrototypeOf(facade)).toBeNull();
    expect(Object.isFrozen(facade)).toBe(true);
    for (const control of Object.values(facade) as (() => unknown)[]) {
      expect(Object.getPrototypeOf(control)).toBeNull();
      expect(Object.isFrozen(control)).toBe(true);
      expect(Object.getOwnPropertyNames(control).sort()).toEqual(['length', 'name']);
      expect(typeof control()).not.toBe('object');
    }
    expect(done).toEqual([]);
  });
});
