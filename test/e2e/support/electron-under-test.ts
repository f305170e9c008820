import { dirname, join } from 'node:path';
import { electronProgram } from '../../../scripts/electron-binary.ts';
import { projectRoot } from './process.ts';

/** Which Electron the specs start, and how. */
export interface ElectronUnderTest {
  readonly program: string;
  /** What starts the application, before all other arguments. */
  readonly args: readonly string[];
  /** Electron as it was unpacked. */
  readonly distDir: string;
  /** Built as a package has it. */
  readonly appDir: string;
  /** The application was adapted for an Electron older than the project's. */
  readonly isOld: boolean;
}

/** Set by `test/electron-rehearsal`: an `ElectronUnderTest` as JSON. */
export const UNDER_TEST_VARIABLE = 'TEST_ELECTRON';

/** The Electron that was prepared for this run, else the installed one; null without either. */
export function electronUnderTest(): ElectronUnderTest | null {
  const prepared = process.env[UNDER_TEST_VARIABLE];
  if (prepared) return JSON.parse(prepared) as ElectronUnderTest;
  const program = electronProgram();
  return program === null ? null : projectInElectron(program);
}

/** In an old Electron it is part of the application. */
const HOLD = join(import.meta.dirname, 'hold-until-attached.cjs');

/** The project's own build, which needs no change. */
export function projectInElectron(program: string): ElectronUnderTest {
  return { program, args: ['-r', HOLD, projectRoot], distDir: distDirOf(program), appDir: projectRoot, isOld: false };
}

/** On macOS the program is deep inside an application. */
export function distDirOf(program: string): string {
  return process.platform === 'darwin' ? join(program, '../../../..') : dirname(program);
}

/** 3D without a graphics card: slow, but the same pixels everywhere. For Chromium and Electron. */
export const softwareGraphics: readonly string[] = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  // Only WebGL draws with it. A page that is put together by it takes twice the CPU time.
  '--disable-gpu-compositing',
];

/** Switches for Electron on the machines that run tests. Root has no sandbox. */
export function switchesForTests(): readonly string[] {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--use-gl=angle', ...softwareGraphics];
}
