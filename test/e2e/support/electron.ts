import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { collectLines } from '../../../node/child-lines.ts';
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
}

/** A stack trace and what came before it. */
const KEPT_LINES = 40;

/** Starts the application in the Electron under test. */
export function launchElectron({ environment, colorScheme, args = [] }: Launch): Promise<ElectronApplication> {
  const electron = electronUnderTest();
  if (electron === null) throw new Error('there is no Electron');
  return _electron.launch({
    executablePath: electron.program,
    chromiumSandbox: process.getuid?.() !== 0,
    ...(colorScheme && { colorScheme }),
    args: [...switchesForTests(), ...electron.args, ...args],
    env: { ...process.env, ...environment } as Record<string, string>,
  });
}

/** Waits for the window. Without one, throws an error with what the program has said. */
export async function firstWindow(electron: ElectronApplication): Promise<Page> {
  const lastLines = collectLines(electron.process(), { kept: KEPT_LINES, onLine: () => undefined });
  try {
    return await electron.firstWindow();
  } catch (error) {
    electron.process().kill('SIGKILL');
    throw new Error(['no window was opened', ...lastLines].join('\n'), { cause: error });
  }
}

/** Gives the page its size, in pixels, by that of the window. */
export async function resizeTo(electron: ElectronApplication, size: PageSize): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
}
