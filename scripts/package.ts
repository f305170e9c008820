import { buildIfChanged } from './build-part.ts';
import { checkPackages, packedParts } from './package/check-package.ts';
import { runCommand } from './test-command.ts';

// `npm run package` builds the application and makes the installers of this system; further
// arguments go to electron-builder. `npm run package -- --check` makes none: it puts the packages
// of all systems together with a stand-in of Electron and checks them.

const given = process.argv.slice(2);

async function makeInstallers(): Promise<boolean> {
  for (const part of packedParts) await buildIfChanged(part);
  return runCommand('electron-builder', ['--publish', 'never', ...given]);
}

process.exitCode = (await (given.includes('--check') ? checkPackages() : makeInstallers())) ? 0 : 1;
