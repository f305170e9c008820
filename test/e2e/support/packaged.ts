import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { type ElectronUnderTest, electronUnderTest } from './electron-under-test.ts';
import { projectRoot } from './process.ts';

/**
 * Lets electron-builder pack the application with the Electron under test, by the project's own
 * configuration. Fuses stay as Electron ships them: with the project's, no test could attach to the
 * program (`npm run package -- --check` checks them). Returns the program.
 */
export async function packageApp(outputDir: string): Promise<string> {
  const electron = electronUnderTest();
  if (electron === null) throw new Error('there is no Electron');
  await build({
    projectDir: projectRoot,
    publish: 'never',
    targets: Platform.current().createTarget('dir'),
    config: {
      electronDist: electron.distDir,
      directories: { output: outputDir, ...(electron.isOld && { app: electron.appDir }) },
      ...(electron.isOld && { electronVersion: await versionOf(electron) }),
      mac: { identity: null },
      afterPack: async () => undefined,
    },
  });
  return packedProgram(outputDir);
}

async function versionOf({ distDir }: ElectronUnderTest): Promise<string> {
  const version = await readFile(join(distDir, 'version'), 'utf8');
  return version.trim().replace(/^v/, '');
}

function packedProgram(outputDir: string): string {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') return join(outputDir, `mac${arch}`, 'Gabinet.app/Contents/MacOS/Gabinet');
  if (process.platform === 'win32') return join(outputDir, `win${arch}-unpacked`, 'Gabinet.exe');
  return join(outputDir, `linux${arch}-unpacked`, 'gabinet');
}
