import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifCode, ifMissing } from '../node/error-code.ts';
import { probeProcess } from '../node/process-probe.ts';
import { fingerprintOf } from './input-fingerprint.ts';

export const buildParts = ['main', 'preload', 'renderer', 'preview'] as const;
export type BuildPart = (typeof buildParts)[number];

export interface BuiltPart {
  readonly part: BuildPart;
  /** False: nothing had changed since the last build. */
  readonly wasBuilt: boolean;
  readonly tookMs: number;
}

const projectDir = join(import.meta.dirname, '..');
const outDir = join(projectDir, 'out');
const MAX_EXCHANGES = 5;

/** The inputs of a part; if any of them changes, the part is built again. */
const COMMON_INPUTS = [
  'shared',
  'main/security',
  'electron.vite.config.ts',
  'package-lock.json',
  'scripts/build-part.ts',
];
const INPUTS: Readonly<Record<BuildPart, readonly string[]>> = {
  main: ['main', 'node', ...COMMON_INPUTS],
  preload: ['preload', ...COMMON_INPUTS],
  renderer: ['renderer', ...COMMON_INPUTS],
  preview: ['renderer/preview-frame', 'renderer/preview.html', ...COMMON_INPUTS],
};

/** Builds a part into `out/` unless its inputs are those of the last build. Rejects where the source does not build. */
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

/** Into a folder beside the real one first: a running shell never serves a half build. */
async function build(part: BuildPart): Promise<void> {
  await removeLeftovers();
  const buildingDir = join(outDir, `${part}.building-${process.pid}`);
  try {
    await bundle(part, buildingDir);
    await exchange(buildingDir, join(outDir, part));
  } finally {
    await rm(buildingDir, { recursive: true, force: true });
  }
}

/** Another process may build the same part at the same time; the last one wins, and both builds are complete. */
async function exchange(newDir: string, finalDir: string): Promise<void> {
  const oldDir = `${finalDir}.old-${process.pid}`;
  for (let attempt = 1; ; attempt += 1) {
    await rename(finalDir, oldDir).catch(ifMissing(undefined));
    const isExchanged = await rename(newDir, finalDir).then(() => true, ifCode(['ENOTEMPTY', 'EEXIST'], false));
    await rm(oldDir, { recursive: true, force: true });
    if (isExchanged) return;
    if (attempt === MAX_EXCHANGES) throw new Error(`${finalDir} is being built over and over by somebody else`);
  }
}

/** Folders of builds that were broken off: their process is gone. */
async function removeLeftovers(): Promise<void> {
  const names = await readdir(outDir).catch(() => []);
  const left = names.filter((name) => isOfDeadProcess(name));
  await Promise.all(left.map((name) => rm(join(outDir, name), { recursive: true, force: true })));
}

function isOfDeadProcess(folderName: string): boolean {
  const processId = /\.(?:building|old)-(\d+)$/.exec(folderName)?.[1];
  return processId !== undefined && probeProcess(Number(processId)) === 'gone';
}

/** Vite is loaded only when there is something to build: it takes longer than everything else here. */
async function bundle(part: BuildPart, folder: string): Promise<void> {
  // Tailwind's scanner starts a thread for each core to read a hundred files, and they mostly wait for each other.
  process.env.RAYON_NUM_THREADS ??= '1';
  // Vite writes NODE_ENV into the bundle, and Playwright's runner sets it to "test": the libraries' test branches would be shipped.
  process.env.NODE_ENV = 'production';
  const [vite, electronVite, config] = await Promise.all([
    import('vite'),
    import('electron-vite'),
    import('../electron.vite.config.ts'),
  ]);
  const factories = {
    main: electronVite.MainConfigFactory,
    preload: electronVite.PreloadConfigFactory,
    renderer: electronVite.RendererConfigFactory,
    preview: electronVite.RendererConfigFactory,
  };
  const partConfig = part === 'preview' ? config.preview : config.default[part];
  const options = { root: projectDir };
  const inline = { configFile: false, logLevel: 'warn', mode: 'production' } as const;
  const placed = { root: projectDir, ...partConfig, build: { ...partConfig.build, outDir: folder, emptyOutDir: true } };
  await vite.build(await new factories[part](placed, inline, options).build());
}
