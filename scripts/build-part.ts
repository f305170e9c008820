import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UserConfig } from 'electron-vite';
import { ifCode, ifMissing } from '../node/error-code.ts';
import { probeProcess } from '../node/process-probe.ts';
import { renameFile } from '../node/rename.ts';
import { fingerprintOf } from './input-fingerprint.ts';

export const buildParts = ['main', 'workers', 'preload', 'renderer', 'preview', 'server'] as const;
export type BuildPart = (typeof buildParts)[number];

export interface BuiltPart {
  readonly part: BuildPart;
  /** False if nothing has changed since the last build. */
  readonly wasBuilt: boolean;
  readonly tookMs: number;
}

const projectDir = join(import.meta.dirname, '..');
const outDir = join(projectDir, 'out');
const MAX_EXCHANGES = 5;

/** The inputs of a part; a change in any of them triggers a build. */
const COMMON_INPUTS = [
  'shared',
  'main/security',
  'electron.vite.config.ts',
  'package-lock.json',
  'scripts/build-part.ts',
];
const INPUTS: Readonly<Record<BuildPart, readonly string[]>> = {
  main: ['main', 'node', ...COMMON_INPUTS],
  workers: ['main/files', 'main/failures', 'main/timing', 'node', ...COMMON_INPUTS],
  preload: ['preload', ...COMMON_INPUTS],
  renderer: ['renderer', ...COMMON_INPUTS],
  preview: ['renderer/preview-frame', 'renderer/preview.html', ...COMMON_INPUTS],
  server: ['server', 'node', ...COMMON_INPUTS],
};

/**
 * Builds a part into `out/` unless its inputs are unchanged since the last build. Rejects if the
 * build fails.
 */
export async function buildIfChanged(part: BuildPart): Promise<BuiltPart> {
  const startedAtMs = performance.now();
  const fingerprint = await fingerprintOf(projectDir, INPUTS[part]);
  const stampPath = join(outDir, 'stamps', part);
  const wasBuilt = (await readFile(stampPath, 'utf8').catch(() => null)) !== fingerprint;
  if (wasBuilt) {
    await rm(stampPath, { force: true });
    await build(part);
    await mkdir(join(outDir, 'stamps'), { recursive: true });
    await writeFile(stampPath, fingerprint);
  }
  return { part, wasBuilt, tookMs: Math.round(performance.now() - startedAtMs) };
}

/**
 * Builds into a temporary folder first, so that a running shell never serves an incomplete build.
 */
async function build(part: BuildPart): Promise<void> {
  await removeLeftovers();
  const buildingDir = join(outDir, `${part}.building-${process.pid}`);
  try {
    await bundlePart(part, buildingDir);
    await exchange(buildingDir, join(outDir, part));
  } finally {
    await rm(buildingDir, { recursive: true, force: true });
  }
}

/**
 * Another process may build the same part at the same time. The last one wins, and both builds are
 * complete.
 */
async function exchange(newDir: string, finalDir: string): Promise<void> {
  const oldDir = `${finalDir}.old-${process.pid}`;
  for (let attempt = 1; ; attempt += 1) {
    await renameFile(finalDir, oldDir).catch(ifMissing(undefined));
    const isExchanged = await renameFile(newDir, finalDir).then(() => true, ifCode(['ENOTEMPTY', 'EEXIST'], false));
    await rm(oldDir, { recursive: true, force: true });
    if (isExchanged) return;
    if (attempt === MAX_EXCHANGES) throw new Error(`${finalDir} is being built over and over by somebody else`);
  }
}

/** Folders of interrupted builds, whose process no longer exists. */
async function removeLeftovers(): Promise<void> {
  const names = await readdir(outDir).catch(() => []);
  const left = names.filter((name) => isOfDeadProcess(name));
  await Promise.all(left.map((name) => rm(join(outDir, name), { recursive: true, force: true })));
}

function isOfDeadProcess(folderName: string): boolean {
  const processId = /\.(?:building|old)-(\d+)$/.exec(folderName)?.[1];
  return processId !== undefined && probeProcess(Number(processId)) === 'gone';
}

/** The configuration of a part, as electron-vite takes it. */
export type PartConfig = NonNullable<UserConfig['main'] & UserConfig['preload'] & UserConfig['renderer']>;

/**
 * Bundles a part into a folder. `adapt` changes its configuration, for another Electron than the
 * project's. Loads Vite only when there is something to build, because loading it takes longer than
 * everything else here.
 */
export async function bundlePart(
  part: BuildPart,
  folder: string,
  adapt: (config: PartConfig) => PartConfig = (config) => config,
): Promise<void> {
  // Tailwind's scanner starts one thread per core for only a hundred files, and they mostly wait
  // for each other.
  process.env.RAYON_NUM_THREADS ??= '1';
  // Vite writes NODE_ENV into the bundle. Playwright's runner sets it to "test", which would ship
  // the test branches of libraries.
  process.env.NODE_ENV = 'production';
  const [vite, electronVite, config] = await Promise.all([
    import('vite'),
    import('electron-vite'),
    import('../electron.vite.config.ts'),
  ]);
  const factories = {
    main: electronVite.MainConfigFactory,
    workers: electronVite.MainConfigFactory,
    preload: electronVite.PreloadConfigFactory,
    renderer: electronVite.RendererConfigFactory,
    preview: electronVite.RendererConfigFactory,
    server: electronVite.MainConfigFactory,
  };
  const { workers, preview, server } = config;
  const partConfig = adapt({ ...config.default, workers, preview, server }[part]);
  const options = { root: projectDir };
  const inline = { configFile: false, logLevel: 'warn', mode: 'production' } as const;
  const placed = { root: projectDir, ...partConfig, build: { ...partConfig.build, outDir: folder, emptyOutDir: true } };
  await vite.build(await new factories[part](placed, inline, options).build());
}
