/** A line of source that breaks an item of Electron's security checklist. */
export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

interface Rule {
  readonly pattern: RegExp;
  /** The only files that may contain it: they are the policy itself. */
  readonly onlyIn?: readonly string[];
}

/**
 * What can be seen in the text of one line. Titled by the numbers of the checklist; what the code
 * does is tested in `test/component/security`.
 */
export const ELECTRON_RULES: Readonly<Record<string, Rule>> = {
  '1. loads a page over the network': { pattern: /\.loadURL\(\s*['"`](?!app:)/ },
  '1. accepts any certificate': { pattern: /setCertificateVerifyProc|ignore-certificate-errors/ },
  '2. gives Node to the page': { pattern: /nodeIntegration\w*:\s*true/ },
  '3. switches context isolation off': { pattern: /contextIsolation:\s*false/ },
  '4. switches the sandbox off': { pattern: /sandbox:\s*false|appendSwitch\(\s*['"]no-sandbox/ },
  '5. grants a permission to anybody': { pattern: /respond\(true\)/ },
  '6. switches web security off': { pattern: /webSecurity:\s*false/ },
  '7. has a content policy that allows unsafe code': { pattern: /'unsafe-(?:eval|inline)'/ },
  '8. allows insecure content': { pattern: /allowRunningInsecureContent:\s*true/ },
  '9. switches experimental features on': { pattern: /experimentalFeatures:\s*true/ },
  '10. switches Blink features on': { pattern: /enableBlinkFeatures\s*:|enable-blink-features/ },
  '11. allows the webview tag': { pattern: /webviewTag:\s*true/ },
  '14. allows new windows': { pattern: /action:\s*['"]allow['"]/ },
  '15. opens something in the system': {
    pattern: /\.openExternal\s*\(|\.openPath\s*\(/,
    onlyIn: ['main/security/open-in-browser.ts'],
  },
  '17. runs text as code in the page': { pattern: /\.executeJavaScript\w*\s*\(/ },
  '17. registers channels outside transport and guard': {
    pattern: /\bipcMain\.(?:handle|on)\s*\(/,
    onlyIn: ['main/ipc/electron/transport.ts', 'main/security/remote-module.ts'],
  },
  '18. loads a page from a file': { pattern: /\.loadFile\s*\(|\.loadURL\(\s*['"`]file:/ },
  '20. exposes an Electron API to the page': { pattern: /exposeInMainWorld\([^)]*\bipcRenderer\s*\)/ },
  '20. lets the page choose the channel': { pattern: /exposeInMainWorld\(.*ipcRenderer\.\w+\(channel/ },
  '20. enables @electron/remote without its guard': { pattern: /require\(\s*['"]@electron\/remote\/main['"]\s*\)/ },
};

/** `file`: its path inside the project, with slashes. */
export function violationsIn(file: string, source: string): Violation[] {
  return source.split('\n').flatMap((text, index) => {
    const broken = Object.entries(ELECTRON_RULES).filter(
      ([, { pattern, onlyIn }]) => !onlyIn?.includes(file) && !isComment(text) && pattern.test(text),
    );
    return broken.map(([rule]) => ({ rule, file, line: index + 1 }));
  });
}

function isComment(text: string): boolean {
  return /^\s*(?:\/\/|\/?\*)/.test(text);
}
