import { EventEmitter } from 'node:events';

// Replaces the `electron` module where Electron is not available, so that the built or packed main
// process can run unchanged. It has no logic and only records what is registered, in which order, and how
// the process ends.

export const steps: string[] = [];
type Handler = (...args: never[]) => unknown;

class FakeApp extends EventEmitter {
  readonly #paths = new Map<string, string>([['downloads', '/nowhere/downloads']]);
  getAppPath = () => process.env.FAKE_APP_PATH ?? '';
  get isPackaged(): boolean {
    return this.getAppPath().endsWith('.asar');
  }
  getVersion = () => '0.0.0-fake';
  getPath = (name: string) => this.#paths.get(name) ?? '';
  setPath = (name: string, path: string) => void this.#paths.set(name, path);
  requestSingleInstanceLock = () => steps.push('lock') > 0;
  readonly commandLine = { hasSwitch: (name: string) => process.argv.includes(`--${name}`) };
  readonly badgeCounts: number[] = [];
  setBadgeCount = (count: number) => this.badgeCounts.push(count) > 0;
  setAppUserModelId = () => undefined;
  getFileIcon = async (path: string) => new FakeImage(`the icon of ${path}`);
  enableSandbox = () => void steps.push('sandbox');
  whenReady = async () => void steps.push('ready');
  exit = (code: number) => process.exit(code);
  quit(): void {
    let isHeldBack = false;
    this.emit('before-quit', { preventDefault: () => (isHeldBack = true) });
    steps.push(isHeldBack ? 'quit held back' : 'quit');
    if (!isHeldBack) this.emit('fake-gone');
  }
}
export const app = new FakeApp();

class FakeIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  handle = (name: string, handler: Handler) => void this.handlers.set(name, handler);
  removeHandler = (name: string) => void this.handlers.delete(name);
}
export const ipcMain = new FakeIpcMain();

export const protocol = {
  registerSchemesAsPrivileged: (list: unknown) => void steps.push(`schemes ${JSON.stringify(list)}`),
};

export class FakeSession extends EventEmitter {
  readonly policies: string[] = [];
  readonly schemes = new Map<string, Handler>();
  readonly protocol = { handle: (scheme: string, handler: Handler) => void this.schemes.set(scheme, handler) };
  readonly webRequest = { onBeforeRequest: () => void this.policies.push('requests') };
  setPermissionRequestHandler = () => void this.policies.push('permission requests');
  setPermissionCheckHandler = () => void this.policies.push('permission checks');
  setDevicePermissionHandler = () => void this.policies.push('devices');
  setDisplayMediaRequestHandler = () => void this.policies.push('screen capture');
  setSpellCheckerEnabled = (isOn: boolean) => void this.policies.push(`spell checker ${isOn}`);
}
const sessions = new Map<string, FakeSession>();
export const session = {
  defaultSession: new FakeSession(),
  fromPartition(name: string): FakeSession {
    const found = sessions.get(name) ?? new FakeSession();
    sessions.set(name, found);
    return found;
  },
};

class FakeContents extends EventEmitter {
  readonly id = 1;
  readonly mainFrame = { origin: 'app://gabinet', parent: null };
  readonly sent: unknown[][] = [];
  readonly drags: unknown[] = [];
  openHandler: Handler | null = null;
  peerPolicy: string | null = null;
  isDestroyed = () => false;
  isCrashed = () => false;
  startDrag = (item: unknown) => void this.drags.push(item);
  getProcessId = () => 1;
  getLastWebPreferences = () => ({});
  setWebRTCIPHandlingPolicy = (policy: string) => {
    this.peerPolicy = policy;
  };
  send(...message: unknown[]): void {
    this.sent.push(message);
    this.emit('fake-sent', ...message);
  }
  setWindowOpenHandler = (handler: Handler) => {
    this.openHandler = handler;
  };
}

interface WindowOptions {
  readonly webPreferences: Record<string, unknown>;
  readonly icon?: string;
}

export class BrowserWindow extends EventEmitter {
  static only: BrowserWindow | null = null;
  static getFocusedWindow = () => BrowserWindow.only;
  static getAllWindows = () => (BrowserWindow.only === null ? [] : [BrowserWindow.only]);
  readonly webContents = new FakeContents();
  readonly progress: [number, unknown][] = [];
  hasFocus = true;
  readonly options: WindowOptions;
  constructor(options: WindowOptions) {
    super();
    this.options = options;
    BrowserWindow.only = this;
    steps.push('window');
    app.emit('web-contents-created', {}, this.webContents);
  }
  isDestroyed = () => false;
  isFocused = () => this.hasFocus;
  setProgressBar = (value: number, options: unknown) => void this.progress.push([value, options]);
  destroy = () => void this.emit('closed');
  isMaximized = () => false;
  isMinimized = () => !this.hasFocus;
  minimize = () => void steps.push('minimized');
  maximize = () => undefined;
  unmaximize = () => undefined;
  readonly calls: string[] = [];
  restore = () => void this.calls.push('restore');
  focus = () => void this.calls.push('focus');
  show = () => void this.calls.push('show');
  getNormalBounds = () => ({ x: 10, y: 20, width: 1000, height: 700 });
  async loadURL(url: string): Promise<void> {
    steps.push(`load ${url}`);
    app.emit('fake-loaded', this);
  }
  close = () => {
    this.emit('close');
    this.emit('closed');
    app.emit('window-all-closed');
  };
}

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: () => void steps.push('menu'),
};
export const clipboard = { writeText: (text: string) => void steps.push(`copied ${text.split('\n')[0]}`) };
export const screen = {
  getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
  getAllDisplays: () => [screen.getPrimaryDisplay()],
};
export const dialog = {
  showOpenDialog: async (parent: unknown, options: { readonly properties: readonly string[] }) => ({
    canceled: parent !== BrowserWindow.only,
    filePaths: [`/chosen with ${options.properties.join(' and ')}`],
  }),
};
export const powerMonitor = new EventEmitter();
export const shell = { showItemInFolder: () => undefined };
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => false,
  getSelectedStorageBackend: () => 'basic_text',
};

/** `isShown` from `show` to `close`. */
export class Notification extends EventEmitter {
  static readonly all: Notification[] = [];
  static isSupported = () => true;
  readonly options: object;
  isShown = false;
  constructor(options: object) {
    super();
    this.options = options;
    Notification.all.push(this);
  }
  show(): void {
    this.isShown = true;
  }
  close(): void {
    this.isShown = false;
  }
}

/** Reads pictures as Electron does: PNG and JPEG only, anything else is empty. */
class FakeImage {
  readonly content: string;
  constructor(content: string) {
    this.content = content;
  }
  isEmpty = () => this.content === '';
  resize = ({ height }: { readonly height: number }) => new FakeImage(`${this.content}, ${height} pixels high`);
}
export const nativeImage = {
  createEmpty: () => new FakeImage(''),
  createFromBuffer: (bytes: Buffer) => new FakeImage(bytes.toString('latin1', 1, 4) === 'PNG' ? 'a picture' : ''),
};
