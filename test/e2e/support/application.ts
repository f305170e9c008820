import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type ElectronApplication, expect, type Page } from '@playwright/test';
import { firstWindow, launchElectron, resizeTo } from './electron.ts';
import { type RunningProcess, startProgram } from './process.ts';

export type Shell = 'browser' | 'electron';

interface ApplicationSetup {
  readonly shell: Shell;
  /** Null only in Electron. */
  readonly browser: Browser | null;
  readonly serverUrl: string;
  readonly pollMs?: number;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  /** Browser shell: called with the page before it loads. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Files and links on the command line. */
  readonly names?: readonly string[];
  /** A packaged program to start in place of Electron's. */
  readonly program?: string;
}

/**
 * From now on, so that a test can wait for a file chooser. Playwright begins to intercept them with
 * the first listener, but does not wait until Chromium does: a key that is pressed right after that
 * may come first, and its chooser is never reported.
 */
function interceptFileChoosers(page: Page): void {
  page.on('filechooser', () => undefined);
}

/** Gabinet on one designer's machine: its own user data and downloads, in either shell. */
export class GabinetApplication {
  readonly #setup: ApplicationSetup;
  readonly #homeDir: string;
  #program: RunningProcess | null = null;
  #electron: ElectronApplication | null = null;
  #page: Page | null = null;

  private constructor(setup: ApplicationSetup, homeDir: string) {
    this.#setup = setup;
    this.#homeDir = homeDir;
  }

  static async open(setup: ApplicationSetup): Promise<GabinetApplication> {
    const application = new GabinetApplication(setup, await mkdtemp(join(tmpdir(), 'gabinet-e2e-desktop-')));
    await application.start();
    return application;
  }

  get page(): Page {
    if (!this.#page) throw new Error('the application is not open');
    return this.#page;
  }

  /** The Electron around the page. Throws in the browser shell. */
  get electron(): ElectronApplication {
    if (!this.#electron) throw new Error('the application is not open in Electron');
    return this.#electron;
  }

  get #look() {
    const { viewport = { width: 1280, height: 800 }, colorScheme = 'light' } = this.#setup;
    return { viewport, colorScheme } as const;
  }

  get userDataDir(): string {
    return join(this.#homeDir, 'user-data');
  }

  get downloadsDir(): string {
    return join(this.#homeDir, 'downloads');
  }

  /** The environment variables of the program on this computer. */
  get environment(): Readonly<Record<string, string>> {
    return {
      GABINET_USER_DATA: this.userDataDir,
      GABINET_DOWNLOADS: this.downloadsDir,
      GABINET_SERVER_URL: this.#setup.serverUrl,
      GABINET_POLL_MS: String(this.#setup.pollMs ?? 500),
      GABINET_SHELL_PORT: '0',
    };
  }

  /** `isResized: false` leaves the window at the size that the application has chosen. */
  async start({ isResized = true } = {}): Promise<void> {
    const { environment } = this;
    await (this.#setup.shell === 'browser'
      ? this.#startBrowser(environment)
      : this.#startElectron(environment, isResized));
  }

  async #startBrowser(environment: Readonly<Record<string, string>>): Promise<void> {
    this.#program = await startProgram(
      'out/main/browser-shell.js',
      environment,
      /^open (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)$/,
      this.#setup.names,
    );
    if (this.#setup.browser === null) throw new Error('there is no browser for the browser shell');
    const context = await this.#setup.browser.newContext(this.#look);
    this.#page = await context.newPage();
    interceptFileChoosers(this.#page);
    await this.#setup.prepare?.(this.#page);
    await this.#page.goto(this.#program.ready);
  }

  async #startElectron(environment: Readonly<Record<string, string>>, isResized: boolean): Promise<void> {
    this.#electron = await launchElectron({
      environment,
      args: this.#setup.names ?? [],
      colorScheme: this.#look.colorScheme,
      packaged: this.#setup.program ?? null,
    });
    this.#page = await firstWindow(this.#electron);
    interceptFileChoosers(this.#page);
    if (isResized) await resizeTo(this.#electron, this.#look.viewport);
  }

  /** Closes the window and ends the program; user data stays, as on a real machine. */
  async close(): Promise<void> {
    await this.#electron?.close();
    await this.#page?.context().close();
    await this.#program?.stop();
    this.#electron = null;
    this.#page = null;
    this.#program = null;
  }

  async dispose(): Promise<void> {
    if (this.#page) await this.close();
    await rm(this.#homeDir, { recursive: true, force: true });
  }

  /** What the window of Electron shows, as PNG. */
  async screenshot(): Promise<Buffer> {
    const base64 = await this.electron.evaluate(async ({ BrowserWindow }) => {
      const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      return picture?.toPNG().toString('base64') ?? '';
    });
    return Buffer.from(base64, 'base64');
  }

  /** Signs in by the demo account's one click. */
  async signIn(email: string): Promise<void> {
    await this.page.getByRole('group', { name: 'Demo accounts' }).getByRole('button', { name: email }).click();
    await expect(this.page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
  }

  async openProject(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Projects' }).getByRole('button', { name, exact: true }).click();
    await expect(this.page.getByRole('heading', { name, level: 1 })).toBeVisible();
  }
}
