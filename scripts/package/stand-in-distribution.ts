import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The systems that packages are made for, by their names in Node. */
export const PLATFORMS = ['linux', 'darwin', 'win32'] as const;
export type PackedPlatform = (typeof PLATFORMS)[number];

/** How Electron's program stores its fuses: sentinel, version, length, then one digit each, as Electron 45 has them. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES_AS_SHIPPED = '011001011';
const FUSE_WIRE = Buffer.concat([
  Buffer.from(SENTINEL),
  Buffer.from([1, FUSES_AS_SHIPPED.length]),
  Buffer.from(FUSES_AS_SHIPPED),
]);

/** What a package has of Electron's that is not ours: everything that `makeStandIn` writes. */
const LICENSES = ['LICENSE', 'LICENSES.chromium.html'] as const;

/**
 * Writes a folder of the shape that electron-builder expects of an unpacked Electron, with programs
 * that cannot run but hold what packaging changes in them: fuses, and resources of a Windows
 * program. So packages are put together without the network, by the tool that makes the real ones.
 */
export async function makeStandIn(folder: string, platform: PackedPlatform): Promise<void> {
  const files = filesOf[platform]();
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    await chmod(file, 0o755);
  }
  for (const name of LICENSES) await writeFile(join(folder, name), 'Electron’s own is here.\n');
}

type Files = Readonly<Record<string, string | Uint8Array>>;

const filesOf: Readonly<Record<PackedPlatform, () => Files>> = {
  linux: () => ({ electron: FUSE_WIRE }),
  win32: () => ({ 'electron.exe': windowsProgram() }),
  darwin: () => ({
    'Electron.app/Contents/Info.plist': infoPlist('Electron', { CFBundleIconFile: 'electron.icns' }),
    'Electron.app/Contents/MacOS/Electron': '',
    'Electron.app/Contents/Resources/electron.icns': '',
    'Electron.app/Contents/Frameworks/Electron Framework.framework/Electron Framework': FUSE_WIRE,
    'Electron.app/Contents/Frameworks/Electron Helper.app/Contents/Info.plist': infoPlist('Electron Helper'),
    'Electron.app/Contents/Frameworks/Electron Helper.app/Contents/MacOS/Electron Helper': '',
  }),
};

function infoPlist(name: string, more: Readonly<Record<string, string>> = {}): string {
  const entries = Object.entries({
    CFBundleExecutable: name,
    CFBundleName: name,
    CFBundlePackageType: 'APPL',
    ...more,
  });
  const lines = entries.map(([key, value]) => `<key>${key}</key><string>${value}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>${lines.join('')}</dict></plist>\n`;
}

/** The part that is used of electron-builder's library for Windows programs. */
interface Resedit {
  readonly NtExecutable: { createEmpty(is32Bit: boolean, isDll: boolean): WindowsProgram };
  readonly NtExecutableResource: {
    from(program: WindowsProgram): { entries: unknown[]; outputResource(program: WindowsProgram): void };
  };
  readonly Resource: {
    readonly VersionInfo: {
      create(options: object): { outputToResourceEntries(entries: unknown[]): void };
    };
  };
}

interface WindowsProgram {
  generate(): ArrayBuffer;
}

const ENGLISH = { lang: 0x409, codepage: 1200 };

/** A Windows program without code, with the version resource that packaging edits. */
function windowsProgram(): Uint8Array {
  const { NtExecutable, NtExecutableResource, Resource } = loadResedit();
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const strings = [{ ...ENGLISH, values: { ProductName: 'Electron', FileDescription: 'Electron' } }];
  Resource.VersionInfo.create({ lang: ENGLISH.lang, fixedInfo: {}, strings }).outputToResourceEntries(
    resources.entries,
  );
  resources.outputResource(program);
  return Buffer.concat([Buffer.from(program.generate()), FUSE_WIRE]);
}

function loadResedit(): Resedit {
  const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const ofLibrary = createRequire(ofBuilder.resolve('app-builder-lib'));
  return ofLibrary('resedit') as Resedit;
}
