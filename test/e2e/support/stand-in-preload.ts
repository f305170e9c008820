import type { Page } from '@playwright/test';

/**
 * Gives the browser shell's page the bridge that Electron's preload would give it, over the shell's
 * own socket, with window buttons that only write down what was pressed (`window.pressed`).
 * Dispatch `maximized` or `restored` on the window for what the system does to it.
 */
export async function standInForPreload(page: Page): Promise<void> {
  await page.addInitScript(install);
}

export function pressedButtons(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => Reflect.get(window, 'pressed') as readonly string[]);
}

/** As the system would, by a key or at the edge of the screen. */
export async function maximizeBySystem(page: Page, isMaximized: boolean): Promise<void> {
  await page.evaluate((name) => window.dispatchEvent(new Event(name)), isMaximized ? 'maximized' : 'restored');
}

/** Runs in the page, so it may use nothing from this file. */
function install(): void {
  type Listener = (payload: unknown) => void;
  const listeners: { readonly name: string; readonly listener: Listener }[] = [];
  const waiting = new Map<number, (message: { readonly type: string; readonly output?: unknown }) => void>();
  const emit = (name: string, payload: unknown) => {
    for (const one of listeners) if (one.name === name) one.listener(payload);
  };
  const socket = new WebSocket(`ws://${location.host}/bridge`);
  const opened = new Promise((resolve) => socket.addEventListener('open', resolve));
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data));
    if (message.type === 'event') emit(message.event, message.payload);
    else waiting.get(message.id)?.(message);
  });
  let nextId = 1;
  const invoke = async (channel: string, input: unknown) => {
    const id = nextId++;
    await opened;
    socket.send(JSON.stringify({ id, channel, input }));
    const message = await new Promise<{ readonly type: string }>((resolve) => waiting.set(id, resolve));
    return { ...message, ok: message.type === 'answer' };
  };
  const group = (name: string) =>
    new Proxy({}, { get: (_none, capability) => (input: unknown) => invoke(`${name}.${String(capability)}`, input) });

  const pressed: string[] = [];
  let isMaximized = false;
  const setMaximized = (isNow: boolean) => {
    isMaximized = isNow;
    emit('window.changed', { isMaximized });
  };
  window.addEventListener('maximized', () => setMaximized(true));
  window.addEventListener('restored', () => setMaximized(false));
  const own: Readonly<Record<string, unknown>> = {
    shell: 'electron',
    windowControls: {
      minimize: () => pressed.push('minimize'),
      toggleMaximize: () => {
        pressed.push(isMaximized ? 'restore' : 'maximize');
        setMaximized(!isMaximized);
      },
      close: () => pressed.push('close'),
      isMaximized: () => isMaximized,
    },
    stageFiles: async (project: string, files: readonly File[]) => {
      for (const file of files) {
        const query = new URLSearchParams({ project, name: file.name, size: String(file.size) });
        await fetch(`/stage?${query}`, { method: 'PUT', body: file });
      }
      return { ok: true, value: null };
    },
    on: (name: string, listener: Listener) => {
      listeners.push({ name, listener });
      return () => undefined;
    },
  };
  const bridge = new Proxy(own, { get: (parts, name) => parts[String(name)] ?? group(String(name)) });
  Object.assign(window, { gabinet: bridge, pressed });
}
