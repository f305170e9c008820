import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { makeStandIn, type PackedPlatform } from './stand-in-distribution.ts';

/** A system and processor that a package is made for, by Node's names. */
export interface PackageTarget {
  readonly platform: PackedPlatform;
  readonly arch: 'x64' | 'arm64';
}

export interface AssembledPackage extends PackageTarget {
  /** The folder that would be put into an installer. */
  readonly dir: string;
  readonly resourcesDir: string;
  /** The file with the fuses. */
  readonly program: string;
}

export interface Assembly {
  readonly packages: readonly AssembledPackage[];
  readonly installers: LinuxInstallers;
}

/** What electron-builder would hand to the programs that make the Linux installers. */
export interface LinuxInstallers {
  /** The entries for the application menu, of the AppImage and of the .deb. */
  readonly desktopEntries: readonly string[];
  /** Files that the .deb installs, by where it puts them. */
  readonly installed: ReadonlyMap<string, string>;
  /** The description of the `.gab` type that electron-builder makes. */
  readonly typeDescription: string;
}

const TARGETS: readonly PackageTarget[] = [
  { platform: 'linux', arch: 'x64' },
  { platform: 'linux', arch: 'arm64' },
  { platform: 'darwin', arch: 'arm64' },
  { platform: 'win32', arch: 'x64' },
];

/** electron-builder refuses to pack for macOS on Windows. */
function canPack({ platform }: PackageTarget): boolean {
  return platform !== 'darwin' || process.platform !== 'win32';
}

export const CHECKED_TARGETS = TARGETS.filter(canPack);
export const UNCHECKED_TARGETS = TARGETS.filter((target) => !canPack(target));

const BUILDER = {
  linux: { platform: Platform.LINUX, formats: ['deb', 'AppImage'], folder: 'linux' },
  darwin: { platform: Platform.MAC, formats: ['dir'], folder: 'mac' },
  win32: { platform: Platform.WINDOWS, formats: ['dir'], folder: 'win' },
} as const;

const projectDir = join(import.meta.dirname, '..', '..');

/**
 * Lets electron-builder put together all packages, with its real configuration, from stand-ins of
 * Electron. Stops where it would start the programs that make installers.
 */
export async function assembleAll(workDir: string): Promise<Assembly> {
  const standInOf = (platform: string) => join(workDir, 'electron', platform);
  for (const { platform } of CHECKED_TARGETS) await makeStandIn(standInOf(platform), platform);
  const outputDir = join(workDir, 'packages');
  const gathered = { desktopEntries: [] as string[], installed: new Map<string, string>(), typeDescription: '' };
  await build({
    projectDir,
    publish: 'never',
    targets: builderTargets(),
    config: {
      electronDist: (options: { readonly platformName: string }) => standInOf(options.platformName),
      directories: { output: outputDir },
      // A stand-in cannot be signed, whatever certificates a machine has.
      mac: { identity: null },
    },
    effectiveOptionComputed: async (options: unknown) => {
      await gather(gathered, options);
      return true;
    },
  });
  return { packages: CHECKED_TARGETS.map((target) => assembled(outputDir, target)), installers: gathered };
}

function builderTargets(): Map<Platform, Map<Arch, string[]>> {
  const targets = new Map<Platform, Map<Arch, string[]>>();
  for (const { platform, arch } of CHECKED_TARGETS) {
    const { platform: builderPlatform, formats } = BUILDER[platform];
    const ofPlatform = targets.get(builderPlatform) ?? new Map<Arch, string[]>();
    targets.set(builderPlatform, ofPlatform.set(Arch[arch], [...formats]));
  }
  return targets;
}

function assembled(outputDir: string, target: PackageTarget): AssembledPackage {
  const { platform, arch } = target;
  const folder = `${BUILDER[platform].folder}${arch === 'x64' ? '' : `-${arch}`}`;
  if (platform === 'darwin') {
    const dir = join(outputDir, folder, 'Gabinet.app');
    const program = join(dir, 'Contents', 'MacOS', 'Gabinet');
    return { ...target, dir, resourcesDir: join(dir, 'Contents', 'Resources'), program };
  }
  const dir = join(outputDir, `${folder}-unpacked`);
  const program = join(dir, platform === 'win32' ? 'Gabinet.exe' : 'gabinet');
  return { ...target, dir, resourcesDir: join(dir, 'resources'), program };
}

interface Gathered {
  readonly desktopEntries: string[];
  readonly installed: Map<string, string>;
  typeDescription: string;
}

/** The AppImage hands over its entry; the .deb the arguments for its packer, and a file. */
async function gather(gathered: Gathered, options: unknown): Promise<void> {
  if (!Array.isArray(options)) {
    gathered.desktopEntries.push((options as { readonly desktop: string }).desktop);
    return;
  }
  const [packerArguments, desktopFile] = options as [readonly string[], string];
  gathered.desktopEntries.push(await readFile(desktopFile, 'utf8'));
  for (const argument of packerArguments) {
    const [, from, to] = /^([^=]+)=(\/usr\/.+)$/.exec(argument) ?? [];
    if (from && to) gathered.installed.set(to, from);
  }
  const typeFile = gathered.installed.get('/usr/share/mime/packages/gabinet.xml');
  if (typeFile) gathered.typeDescription = await readFile(typeFile, 'utf8');
}
