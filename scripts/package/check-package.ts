import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfChanged, buildParts } from '../build-part.ts';
import { readPackedApp } from './asar-archive.ts';
import { type AssembledPackage, assembleAll, UNCHECKED_TARGETS } from './assemble.ts';
import { linuxInstallerProblems, metadataProblems } from './metadata.ts';
import { listProblems, packedBytes } from './packed-list.ts';
import { startProblems } from './start-packed.ts';
import { unresolvedNames } from './unresolved.ts';

/** What no machine without Electron and its network can check. */
const NOT_RUN = [
  'the package in Electron itself: its program is replaced by a stand-in here',
  'the installers (AppImage, deb, dmg, zip, nsis): what makes them is not downloaded here',
  'signing and notarization: they need certificates, and macOS',
  ...UNCHECKED_TARGETS.map(({ platform, arch }) => `the package for ${platform}-${arch}: not on this system`),
];

/** The built parts that a package contains. */
export const packedParts = buildParts.filter((part) => part !== 'server');

/**
 * Builds, puts all packages together with a stand-in of Electron, and checks them. Needs no network
 * and leaves nothing behind. Prints what it finds and returns whether all is well.
 */
export async function checkPackages(): Promise<boolean> {
  for (const part of packedParts) await buildIfChanged(part);
  const workDir = await mkdtemp(join(tmpdir(), 'gabinet-package-'));
  try {
    const { packages, installers } = await assembleAll(workDir);
    const problems = [...(await linuxInstallerProblems(installers))];
    for (const pack of packages) problems.push(...(await checkOne(pack, workDir)));
    for (const problem of problems) console.error(problem);
    for (const reason of NOT_RUN) console.log(`not run: ${reason}`);
    console.log(`${packages.length} packages were put together, with ${problems.length} problems`);
    return problems.length === 0;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

async function checkOne(pack: AssembledPackage, workDir: string): Promise<readonly string[]> {
  const name = `${pack.platform}-${pack.arch}`;
  const app = await readPackedApp(pack.resourcesDir);
  const isOfThisMachine = pack.platform === process.platform && pack.arch === process.arch;
  const atStart = isOfThisMachine ? await startProblems(pack, app, workDir) : [];
  const problems = [
    ...listProblems(app, pack),
    ...(await unresolvedNames(app)),
    ...(await metadataProblems(pack, app)),
    ...atStart,
  ];
  const started = isOfThisMachine && atStart.length === 0 ? ', started up to its first window' : '';
  console.log(`${name}: ${app.files.size} files, ${(packedBytes(app) / 1e6).toFixed(1)} MB${started}`);
  return problems.map((problem) => `${name}: ${problem}`);
}
