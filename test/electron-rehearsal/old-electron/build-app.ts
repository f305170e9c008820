import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundlePart } from '../../../scripts/build-part.ts';
import { fingerprintOf } from '../../../scripts/input-fingerprint.ts';
import { adaptedParts, adaptPart } from './adapt-part.ts';
import { compileReferences, copySqlite } from './sqlite-addon.ts';

const projectDir = join(import.meta.dirname, '../../..');
const PARTS = ['shared', 'node', 'main', 'preload', 'renderer', 'package.json', 'package-lock.json'];
const BUILDERS = [
  'electron.vite.config.ts',
  'scripts/build-part.ts',
  'test/electron-rehearsal/old-electron',
  'test/e2e/support/hold-until-attached.cjs',
];

/**
 * Builds the application for an old Electron into a folder of the shape that a package has, unless
 * it is up to date there.
 */
export async function buildOldApp(appDir: string): Promise<void> {
  const fingerprint = await fingerprintOf(projectDir, [...PARTS, ...BUILDERS]);
  const stampPath = `${appDir}.stamp`;
  if ((await readFile(stampPath, 'utf8').catch(() => null)) === fingerprint) return;
  await rm(stampPath, { force: true });
  await rm(appDir, { recursive: true, force: true });
  for (const part of adaptedParts) {
    await bundlePart(part, join(appDir, 'out', part), (config) => adaptPart(part, config));
  }
  await copyUnbundled(appDir);
  await writeFile(stampPath, fingerprint);
}

/** What main loads from its own folder: migrations and the packages beside its bundle. */
async function copyUnbundled(appDir: string): Promise<void> {
  const copied = ['main/db/migrations', 'node_modules/@electron/remote', 'LICENSE', 'THIRD-PARTY.md', 'licenses'];
  for (const path of copied)
    await cp(join(projectDir, path), join(appDir, path), { recursive: true, dereference: true });
  await copySqlite(join(projectDir, 'node_modules/better-sqlite3'), join(appDir, 'node_modules/better-sqlite3'));
  // Where a package has main's own files, so that it is packed with them.
  await mkdir(join(appDir, 'out/main/chunks'), { recursive: true });
  await compileReferences(join(appDir, 'out/main/chunks/napi-references.node'));
  const manifest = JSON.parse(await readFile(join(projectDir, 'package.json'), 'utf8')) as Record<string, unknown>;
  // Without `type`, because main is CommonJS, and without packages, which are all here.
  const { type: _type, dependencies: _dependencies, devDependencies: _development, ...kept } = manifest;
  await writeFile(join(appDir, 'package.json'), JSON.stringify(kept, null, 2));
}
