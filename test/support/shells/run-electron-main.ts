import { registerHooks } from 'node:module';

// Run by a test in a separate process: loads the built main process with the fake Electron, acts as
// a page and prints what happened.

const fakeUrl = new URL('../../../scripts/package/fake-electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: fakeUrl, shortCircuit: true } : next(specifier, context),
});
Reflect.set(process, '_linkedBinding', () => ({ getHiddenValue: () => undefined }));

const electron = await import('../../../scripts/package/fake-electron.ts');
const senderFrame = { origin: 'app://gabinet', parent: null, processId: 1, routingId: 1 };
const page = { sender: { id: 1 }, senderFrame, processId: 1, frameId: 1 };
const report: Record<string, unknown> = {};

async function get(url: string): Promise<unknown> {
  const handler = electron.session.fromPartition('persist:gabinet').schemes.get('app');
  const answer = (await handler?.(...([{ url, method: 'GET', headers: new Headers() }] as never[]))) as Response;
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: (await answer.text()).slice(0, 3000),
  };
}

async function invoke(name: string, input?: unknown, event: object = page): Promise<unknown> {
  const handler = electron.ipcMain.handlers.get(name);
  if (!handler) return 'no handler';
  try {
    const answer = (await handler(...([event, input] as never[]))) as { output?: unknown; failure?: unknown };
    return answer.failure ?? answer.output;
  } catch (error) {
    return `rejected: ${(error as Error).message}`;
  }
}

function remote(
  window: InstanceType<typeof electron.BrowserWindow>,
  channel: string,
  ...args: unknown[]
): { id?: number } {
  const answers: unknown[] = [];
  const event = {
    ...page,
    sender: window.webContents,
    set returnValue(value: unknown) {
      answers.push(value);
    },
  };
  electron.ipcMain.emit(channel, event, 'context', ...args);
  return answers[0] ?? {};
}

async function playPage(window: InstanceType<typeof electron.BrowserWindow>): Promise<void> {
  report.document = await get('app://gabinet/');
  report.outside = await get('app://gabinet/%2e%2e/package.json');
  report.session = await invoke('session.get');
  report.badInput = await invoke('library.avatars', { projectUuid: 'x' });
  report.chosen = await invoke('watchFolders.choose');
  report.foreign = await invoke('session.get', undefined, { ...page, sender: { id: 2 } });
  report.channels = [...electron.ipcMain.handlers.keys()];
  const facade = remote(window, 'REMOTE_BROWSER_GET_CURRENT_WINDOW');
  report.facade = facade;
  remote(window, 'REMOTE_BROWSER_MEMBER_CALL', facade.id, 'minimize', []);
  report.require = remote(window, 'REMOTE_BROWSER_REQUIRE', 'child_process');
  report.icon = window.options.icon;
  report.preferences = window.options.webPreferences;
  report.policies = electron.session.fromPartition('persist:gabinet').policies;
  report.defaultSessionPolicies = electron.session.defaultSession.policies;
  report.contentsListeners = window.webContents.eventNames();
  report.peerPolicy = window.webContents.peerPolicy;
  report.mayOpenWindows = window.webContents.openHandler !== null;
  window.close();
}

electron.app.on('fake-loaded', (window) => void playPage(window));
electron.app.on('fake-gone', () => {
  report.steps = electron.steps;
  process.stdout.write(`report ${JSON.stringify(report)}\n`);
  process.exit(0);
});
await import(new URL('../../../out/main/index.js', import.meta.url).href);
