import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronUnderTest, switchesForTests } from './electron-under-test.ts';

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface Launch {
  readonly environment: Readonly<Record<string, string>>;
  /** The page's. Playwright's default is light, whatever the system says. */
  readonly colorScheme?: 'light' | 'dark';
  /** After the application's own, such as a file to open. */
  readonly args?: readonly string[];
  /** A packaged program to start in place of Electron's. */
  readonly packaged?: string | null;
}

/** Starts the application in the Electron under test, or a packaged one. */
export function launchElectron({
  environment,
  colorScheme,
  packaged = null,
  args = [],
}: Launch): Promise<ElectronApplication> {
  const electron = electronUnderTest();
  if (electron === null) throw new Error('there is no Electron');
  return _electron.launch({
    executablePath: packaged ?? electron.program,
    chromiumSandbox: process.getuid?.() !== 0,
    ...(colorScheme && { colorScheme }),
    args: [...switchesForTests(), ...(packaged === null ? electron.args : []), ...args],
    env: { ...process.env, ...environment } as Record<string, string>,
  });
}

/** Waits for the window. A program that shows an error instead is ended. */
export async function firstWindow(electron: ElectronApplication): Promise<Page> {
  try {
    return await electron.firstWindow();
  } catch (error) {
    electron.process().kill('SIGKILL');
    const { program, args } = electronUnderTest() ?? { program: '', args: [] };
    const how = [program, ...args].join(' ');
    throw new Error(`No window was opened. To see why, run ${how} --no-sandbox in a terminal.`, { cause: error });
  }
}

/** Gives the page its size, in pixels, by that of the window. */
export async function resizeTo(electron: ElectronApplication, size: PageSize): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
}

/** One of the buttons that the page draws in its title bar. */
export async function pressWindowButton(
  page: Page,
  name: 'Minimize' | 'Maximize' | 'Restore' | 'Close',
): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name, exact: true }).click();
}

/** Does something that ends the program, and waits until it has. Returns its exit code. */
export async function exitAfter(
  gabinet: { readonly electron: ElectronApplication },
  act: () => unknown,
): Promise<number | null> {
  const program = gabinet.electron.process();
  const ended = once(program, 'exit');
  await act();
  await ended;
  return program.exitCode;
}

/** Facts about the only window, from the main process. */
export function windowFacts(electron: ElectronApplication) {
  return electron.evaluate(({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows();
    const [window] = windows;
    return {
      windows: windows.length,
      isMinimized: window?.isMinimized(),
      isMaximized: window?.isMaximized(),
      bounds: window?.getNormalBounds(),
    };
  });
}

/** Starts the program once more, as a second double click would. Returns its exit code. */
export async function startAgain(environment: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const electron = electronUnderTest();
  if (electron === null) throw new Error('there is no Electron');
  const second = spawn(electron.program, [...switchesForTests(), ...electron.args, ...args], {
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  await once(second, 'exit');
  return second.exitCode;
}
