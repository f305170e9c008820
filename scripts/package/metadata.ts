import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyFuses } from '../after-pack.ts';
import { icoImages } from '../icons/ico-file.ts';
import { ICO_SIDES, ICONS_DIR, LINUX_SIDES } from '../icons/icon-files.ts';
import type { PackedApp } from './asar-archive.ts';
import { type AssembledPackage, CHECKED_TARGETS, type LinuxInstallers } from './assemble.ts';
import type { PackedPlatform } from './stand-in-distribution.ts';

const MIME_TYPE = 'application/vnd.generative-avatar-bundle+zip';
/** Icon theme folder of Linux, for a size. */
const hicolor = (side: number) => `/usr/share/icons/hicolor/${side}x${side}`;

/** Returns a line for each fault of a package outside its archive. */
export async function metadataProblems(pack: AssembledPackage, app: PackedApp): Promise<readonly string[]> {
  const ofPlatform: Readonly<Record<PackedPlatform, () => Promise<readonly string[]>>> = {
    linux: async () => [],
    darwin: () => appleProblems(pack, app),
    win32: () => windowsProblems(pack, app),
  };
  return [...(await fuseProblems(pack)), ...(await licenseProblems(pack)), ...(await ofPlatform[pack.platform]())];
}

async function fuseProblems({ program }: AssembledPackage): Promise<readonly string[]> {
  try {
    await verifyFuses(program);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * The licenses of Electron and Chromium must come along with their programs. On macOS they come from
 * the downloaded archive, which the stand-in is not.
 */
async function licenseProblems({ platform, dir }: AssembledPackage): Promise<readonly string[]> {
  if (platform === 'darwin') return [];
  return missingFiles(['LICENSE.electron.txt', 'LICENSES.chromium.html'].map((name) => join(dir, name)));
}

async function missingFiles(paths: readonly string[]): Promise<readonly string[]> {
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path)
        .then(({ size }) => size)
        .catch(() => 0),
    ),
  );
  return paths.filter((_, index) => sizes[index] === 0).map((path) => `${path} is missing`);
}

function lacks(text: string, wanted: Readonly<Record<string, RegExp | string>>): readonly string[] {
  const missing = Object.entries(wanted).filter(([, one]) =>
    typeof one === 'string' ? !text.includes(one) : !one.test(text),
  );
  return missing.map(([what]) => `${what} is missing`);
}

async function appleProblems({ dir, resourcesDir }: AssembledPackage, app: PackedApp): Promise<readonly string[]> {
  const plist = await readFile(join(dir, 'Contents', 'Info.plist'), 'utf8');
  return [
    ...lacks(plist, {
      'Info.plist: .gab': /<key>CFBundleTypeExtensions<\/key>\s*<array>\s*<string>gab<\/string>/,
      'Info.plist: the icon of .gab': /<key>CFBundleTypeIconFile<\/key>\s*<string>gab\.icns<\/string>/,
      'Info.plist: gabinet:// links': /<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>gabinet<\/string>/,
      'Info.plist: the icon': /<key>CFBundleIconFile<\/key>\s*<string>icon\.icns<\/string>/,
      'Info.plist: the category': 'public.app-category.graphics-design',
      'Info.plist: the hash of the archive': app.headerSha256,
    }),
    ...(await differing(resourcesDir, ['icon.icns', 'gab.icns'])),
  ];
}

async function differing(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const isSame = await Promise.all(
    names.map(async (name) => {
      const packed = await readFile(join(folder, name)).catch(() => null);
      return packed?.equals(await readFile(join(ICONS_DIR, name))) ?? false;
    }),
  );
  return names.filter((_, index) => !isSame[index]).map((name) => `${name} is not the icon of build-resources`);
}

async function windowsProblems({ program }: AssembledPackage, app: PackedApp): Promise<readonly string[]> {
  const [bytes, icon] = await Promise.all([readFile(program), readFile(join(ICONS_DIR, 'icon.ico'))]);
  const without = icoImages(icon).filter(({ content }) => !bytes.includes(content));
  return [
    ...without.map(({ side }) => `The program has no icon of ${side} pixels`),
    ...(icoImages(icon).length < ICO_SIDES.length ? ['icon.ico is not complete'] : []),
    ...(bytes.includes(app.headerSha256) ? [] : ['The program has no hash of the archive']),
    // The installer takes it from the folder of build resources.
    ...(await missingFiles([join(ICONS_DIR, 'gab.ico')])),
  ];
}

/** One each of AppImage and .deb. */
const DESKTOP_ENTRIES = 2 * CHECKED_TARGETS.filter(({ platform }) => platform === 'linux').length;

/** Returns a line for each fault of what the Linux installers would contain. */
export async function linuxInstallerProblems(installers: LinuxInstallers): Promise<readonly string[]> {
  const { desktopEntries, installed, typeDescription } = installers;
  const wanted = LINUX_SIDES.map((side) => `${hicolor(side)}/apps/gabinet.png`);
  const ofGab = `${hicolor(256)}/mimetypes/gabinet-gab.png`;
  const uninstalled = [...wanted, ofGab, '/usr/share/applications/gabinet.desktop'].filter((to) => !installed.has(to));
  return [
    ...(desktopEntries.length === DESKTOP_ENTRIES ? [] : [`${desktopEntries.length} entries for the menu were made`]),
    ...desktopEntries.flatMap(desktopEntryProblems),
    ...lacks(typeDescription, { 'The type of .gab': `type="${MIME_TYPE}"`, 'Its file name': 'pattern="*.gab"' }),
    ...uninstalled.map((to) => `The .deb does not install ${to}`),
    ...(await missingFiles([...installed.values()].filter((from) => from.includes('build-resources')))),
  ];
}

function desktopEntryProblems(entry: string): readonly string[] {
  return [
    ...lacks(entry, {
      'Desktop entry: .gab': `${MIME_TYPE};`,
      'Desktop entry: gabinet:// links': /^MimeType=(?:.+;)?x-scheme-handler\/gabinet;/m,
      'Desktop entry: the opened file': /^Exec=.+ %U$/m,
      'Desktop entry: the icon': /^Icon=gabinet$/m,
      'Desktop entry: the window': /^StartupWMClass=gabinet$/m,
      'Desktop entry: the category': /^Categories=Graphics;$/m,
    }),
    ...(entry.includes('no-sandbox') ? ['Desktop entry: it switches the sandbox off'] : []),
  ];
}
