import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildIfChanged, buildParts } from '../../scripts/build-part.ts';
import { distDirOf, type ElectronUnderTest, projectInElectron } from '../e2e/support/electron-under-test.ts';
import { projectRoot } from '../e2e/support/process.ts';
import type { ChosenElectron } from './choose-electron.ts';
import { buildOldApp } from './old-electron/build-app.ts';
import { makeProgramFolder } from './old-electron/program-folder.ts';

const workDir = join(projectRoot, 'out/electron-rehearsal');

/** Builds what the specs need, and returns which program they start. */
export async function prepare({ program, isOld }: ChosenElectron): Promise<ElectronUnderTest> {
  const parts = isOld ? (['server', 'preview'] as const) : buildParts;
  for (const part of parts) await buildIfChanged(part);
  if (!isOld) return projectInElectron(program);
  const appDir = join(workDir, 'app');
  await mkdir(workDir, { recursive: true });
  await buildOldApp(appDir);
  const carrying = await makeProgramFolder(program, appDir, join(workDir, 'electron'));
  return { program: carrying, args: [], distDir: distDirOf(program), appDir, isOld };
}
