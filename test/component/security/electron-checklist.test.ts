import { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App, Session, WebContents } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import { APP_URL, isAppUrl, PREVIEW_FRAME_URL } from '../../../main/security/app-origin.ts';
import { keepCertificateErrors } from '../../../main/security/certificates.ts';
import { contentSecurityPolicy } from '../../../main/security/content-security-policy.ts';
import { denyNavigation } from '../../../main/security/navigation.ts';
import { denyNewWindows } from '../../../main/security/new-windows.ts';
import { openInBrowser } from '../../../main/security/open-in-browser.ts';
import { denyPageRequests } from '../../../main/security/page-requests.ts';
import { denyPeerConnections } from '../../../main/security/peer-connections.ts';
import { denyPermissions } from '../../../main/security/permissions.ts';
import { sandboxProcesses } from '../../../main/security/process-sandbox.ts';
import { SESSION_PARTITION, webPreferences } from '../../../main/security/web-preferences.ts';
import { denyWebviews } from '../../../main/security/webviews.ts';
import { recordingLog } from '../../support/shells/fake-application.ts';

// Titled by the numbers of Electron's own security checklist (its tutorial "Security"). Numbers 17,
// 19 and 20 are tested in `trusted-sender.test.ts`, `fuses.test.ts`, `preload.test.ts` and
// `remote-module.test.ts`.

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const FOREIGN_ADDRESSES = [
  'https://evil.example/',
  'http://127.0.0.1:4610/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'app://gabinet.evil/',
  'app://evil/',
  'app://gabinet@evil/',
  'app://user@gabinet/',
  'app://gabinet:1/',
  'app:gabinet',
  'about:blank',
  '',
];

let log: ReturnType<typeof recordingLog>;
beforeEach(() => {
  log = recordingLog();
});

class PreventableEvent {
  isPrevented = false;
  readonly url: string;
  readonly isMainFrame: boolean;
  constructor(url = '', isMainFrame = true) {
    this.url = url;
    this.isMainFrame = isMainFrame;
  }
  preventDefault(): void {
    this.isPrevented = true;
  }
}

function fakeContents() {
  const emitter = new EventEmitter();
  let openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null;
  const contents = Object.assign(emitter, {
    setWindowOpenHandler: (handler: typeof openHandler) => {
      openHandler = handler;
    },
  });
  return { contents: contents as unknown as WebContents, emitter, openWindow: () => openHandler };
}

/** The decision of each of a session's handlers. */
class FakeSession extends EventEmitter {
  request!: Parameters<Session['setPermissionRequestHandler']>[0] & {};
  check!: Parameters<Session['setPermissionCheckHandler']>[0] & {};
  device!: Parameters<Session['setDevicePermissionHandler']>[0] & {};
  capture!: Parameters<Session['setDisplayMediaRequestHandler']>[0] & {};
  beforeRequest!: (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;
  setPermissionRequestHandler(handler: typeof this.request): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: typeof this.check): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(handler: typeof this.capture): void {
    this.capture = handler;
  }
  webRequest = {
    onBeforeRequest: (handler: typeof this.beforeRequest) => {
      this.beforeRequest = handler;
    },
  };
  asSession(): Session {
    return this as unknown as Session;
  }
}

describe('checklist 1: the page loads only from our own origin', () => {
  const isCancelled = (url: string, allowDevTools = false) => {
    const session = new FakeSession();
    denyPageRequests(session.asSession(), { allowDevTools, log });
    let cancelled: boolean | undefined;
    session.beforeRequest({ url }, (response) => {
      cancelled = response.cancel;
    });
    return cancelled;
  };

  test.each([
    ...FOREIGN_ADDRESSES,
    'ws://127.0.0.1:1/',
    'data:text/html,x',
    'blob:https://evil.example/1',
    'devtools://x/',
  ])('a request to %j is cancelled', (url) => expect(isCancelled(url)).toBe(true));

  test.each([
    APP_URL,
    'app://gabinet/media/thumbnails/1?v=2',
    'blob:app://gabinet/1',
    'blob:null/1',
    'data:image/png;base64,AA',
  ])('a request to %s passes', (url) => expect(isCancelled(url)).toBe(false));

  test('peer connections cannot leave this machine', () => {
    const policies: string[] = [];
    denyPeerConnections({ setWebRTCIPHandlingPolicy: (policy) => policies.push(policy) });
    expect(policies).toEqual(['disable_non_proxied_udp']);
  });

  test('developer tools may load their own files where they are allowed', () => {
    expect(isCancelled('devtools://devtools/bundled/x.js', true)).toBe(false);
  });

  test('downloads that the page starts are canceled', () => {
    const session = new FakeSession();
    denyPageRequests(session.asSession(), { allowDevTools: false, log });
    const event = new PreventableEvent();
    session.emit('will-download', event);
    expect(event.isPrevented).toBe(true);
  });

  test('certificate errors stay errors, and no client certificate is offered', () => {
    const app = new EventEmitter();
    keepCertificateErrors(app as unknown as App, log);
    const answers: unknown[][] = [];
    const events = [new PreventableEvent(), new PreventableEvent()];
    app.emit('certificate-error', events[0], {}, 'https://x/', 'ERR', {}, (...answer: unknown[]) =>
      answers.push(answer),
    );
    app.emit('select-client-certificate', events[1], {}, 'https://x/', [{}], (...answer: unknown[]) =>
      answers.push(answer),
    );
    expect(answers).toEqual([[false], []]);
    expect(events.every((event) => event.isPrevented)).toBe(true);
  });
});

describe('checklist 2, 3, 4, 6, 8, 9, 10, 11: web preferences', () => {
  const preferences = webPreferences({ preloadPath: '/x/preload.cjs', isPackaged: true });

  test('2. no Node in the page, its workers or its frames', () => {
    expect(preferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });
  test('3. context isolation is on', () => expect(preferences.contextIsolation).toBe(true));
  test('4. every renderer process is sandboxed, unless the user starts without (as root)', () => {
    expect(preferences.sandbox).toBe(true);
    const sandboxed = (...switches: string[]) => {
      let isEnabled = false;
      const enableSandbox = () => {
        isEnabled = true;
      };
      sandboxProcesses({ enableSandbox, commandLine: { hasSwitch: (name) => switches.includes(name) } }, log);
      return isEnabled;
    };
    expect(sandboxed()).toBe(true);
    expect(sandboxed('no-sandbox')).toBe(false);
    expect(log.lines.join()).toContain('without a sandbox');
  });
  test('6. web security stays on', () => expect(preferences.webSecurity).toBe(true));
  test('8. insecure content is not allowed', () => expect(preferences.allowRunningInsecureContent).toBe(false));
  test('9. experimental features are off', () => expect(preferences.experimentalFeatures).toBe(false));
  test('10. no Blink features are switched on', () => {
    expect(preferences).not.toHaveProperty('enableBlinkFeatures');
    expect(preferences).not.toHaveProperty('additionalArguments');
  });
  test('11. the webview tag is off', () => expect(preferences.webviewTag).toBe(false));
  test('packaged builds have no developer tools', () => {
    expect(preferences.devTools).toBe(false);
    expect(webPreferences({ preloadPath: '', isPackaged: false }).devTools).toBe(true);
  });
  test('the window uses its own session', () => expect(preferences.partition).toBe(SESSION_PARTITION));
});

describe('checklist 5: permissions', () => {
  const all = [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'fileSystem',
    'openExternal',
    'hid',
    'unknown',
  ] as const;
  type Request = Parameters<FakeSession['request']>;
  type Check = Parameters<FakeSession['check']>;

  const decide = (permission: string, url: string, isMainFrame: boolean) => {
    const session = new FakeSession();
    denyPermissions(session.asSession(), log);
    const answers: boolean[] = [];
    const details = { isMainFrame, requestingUrl: url };
    session.request(null as never, permission as Request[1], (answer) => answers.push(answer), details);
    answers.push(session.check(null, permission as Check[1], url, details));
    return answers;
  };

  test.each(all)('requests and checks for %s are denied', (permission) => {
    expect(decide(permission, APP_URL, true)).toEqual([false, false]);
  });

  test('only our own top frame may write to the clipboard', () => {
    expect(decide('clipboard-sanitized-write', APP_URL, true)).toEqual([true, true]);
    expect(decide('clipboard-sanitized-write', APP_URL, false)).toEqual([false, false]);
    expect(decide('clipboard-sanitized-write', 'https://evil.example/', true)).toEqual([false, false]);
  });

  test('devices and screen capture are denied', () => {
    const session = new FakeSession();
    denyPermissions(session.asSession(), log);
    expect(session.device({} as never)).toBe(false);
    const streams: unknown[] = [];
    session.capture({} as never, (answer) => streams.push(answer));
    expect(streams).toEqual([null]);
  });
});

describe('checklist 7: content security policy', () => {
  const policy = contentSecurityPolicy({ styleNonce: 'abc', connect: ['ws://127.0.0.1:1'] });

  test.each([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-abc'",
    "img-src 'self' data: blob:",
    "connect-src 'self' ws://127.0.0.1:1",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])('says %s', (directive) => expect(policy.split('; ')).toContain(directive));

  test('allows no inline code, no eval and no other site', () => {
    expect(policy).not.toMatch(/unsafe-|https?:|\*/);
  });
});

describe('checklist 12: webviews', () => {
  test('attaching a webview is refused', () => {
    const { contents, emitter } = fakeContents();
    denyWebviews(contents, log);
    const event = new PreventableEvent();
    emitter.emit('will-attach-webview', event, {}, { src: 'https://evil.example/' });
    expect(event.isPrevented).toBe(true);
  });
});

describe('checklist 13: navigation', () => {
  const isDenied = (name: string, url: string, isMainFrame = true) => {
    const { contents, emitter } = fakeContents();
    denyNavigation(contents, log);
    const event = new PreventableEvent(url, isMainFrame);
    emitter.emit(name, event);
    return event.isPrevented;
  };

  test.each([...FOREIGN_ADDRESSES, 'app://gabinet/other'])('navigating to %j is denied', (url) => {
    expect(isDenied('will-frame-navigate', url)).toBe(true);
    expect(isDenied('will-frame-navigate', url, false)).toBe(true);
    expect(isDenied('will-redirect', url)).toBe(true);
  });

  test('the top frame may reload its document', () => {
    expect(isDenied('will-frame-navigate', APP_URL)).toBe(false);
    expect(isDenied('will-frame-navigate', APP_URL, false)).toBe(true);
    expect(isDenied('will-redirect', APP_URL)).toBe(true);
  });

  test('a frame may show only the preview, and the window never shows it', () => {
    expect(isDenied('will-frame-navigate', PREVIEW_FRAME_URL, false)).toBe(false);
    expect(isDenied('will-frame-navigate', `${PREVIEW_FRAME_URL}?x`, false)).toBe(true);
    expect(isDenied('will-frame-navigate', 'app://gabinet/media/bundles/1', false)).toBe(true);
    expect(isDenied('will-frame-navigate', PREVIEW_FRAME_URL)).toBe(true);
    expect(isDenied('will-redirect', PREVIEW_FRAME_URL, false)).toBe(true);
  });
});

describe('checklist 14: new windows', () => {
  test.each([...FOREIGN_ADDRESSES, APP_URL])('opening %j is denied', (url) => {
    const { contents, openWindow } = fakeContents();
    denyNewWindows(contents, log);
    expect(openWindow()?.({ url } as never)).toEqual({ action: 'deny' });
  });
});

async function sourceOf(...folders: string[]): Promise<string> {
  const texts: string[] = [];
  for (const folder of folders) {
    for (const name of await readdir(join(PROJECT, folder), { recursive: true })) {
      if (name.endsWith('.ts')) texts.push(await readFile(join(PROJECT, folder, name), 'utf8'));
    }
  }
  expect(texts.length).toBeGreaterThan(10);
  return texts.join('\n');
}

describe('checklist 15: openExternal', () => {
  test('openExternal is called in one place only, and openPath nowhere', async () => {
    const source = await sourceOf('main', 'preload');
    expect(source.match(/\.openExternal\s*\(/g)).toHaveLength(1);
    expect(source).not.toMatch(/openPath\s*\(/);
  });

  const openedBy = async (url: string) => {
    const opened: string[] = [];
    await openInBrowser({ openExternal: async (one) => void opened.push(one) }, url);
    return opened;
  };

  test.each([
    'http://evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://evil.example/share',
    'ms-settings:',
    'app://gabinet/',
    '',
  ])('the address %j is not opened', async (url) => {
    await expect(openedBy(url)).rejects.toThrow('Only https');
  });

  test.each(['https://id.example.org/authorize?a=b', 'http://127.0.0.1:4000/authorize'])(
    'the sign-in page %s is opened',
    async (url) => {
      expect(await openedBy(url)).toEqual([url]);
    },
  );
});

describe('checklist 16: a current Electron', () => {
  test('Electron is pinned to the version that its types belong to', async () => {
    const manifest = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
    const installed = JSON.parse(await readFile(join(PROJECT, 'node_modules/electron/package.json'), 'utf8'));
    expect(manifest.devDependencies.electron).toBe(installed.version);
    expect(Number.parseInt(installed.version, 10)).toBeGreaterThanOrEqual(45);
  });
});

describe('checklist 18: no file: protocol', () => {
  test('the page has a custom scheme, and no other address is accepted as its origin', () => {
    expect(isAppUrl(APP_URL)).toBe(true);
    expect(isAppUrl('app://gabinet/media/x?v=1')).toBe(true);
    for (const address of FOREIGN_ADDRESSES) expect(isAppUrl(address)).toBe(false);
  });

  test('no page is loaded from a file: address', async () => {
    expect(await sourceOf('main')).not.toMatch(/loadFile\s*\(|file:\/\/\$/);
  });
});
