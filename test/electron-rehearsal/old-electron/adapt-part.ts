import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { PartConfig } from '../../../scripts/build-part.ts';

/** What an old Electron's application is made of. */
export const adaptedParts = ['main', 'workers', 'preload', 'renderer', 'preview'] as const;
export type AdaptedPart = (typeof adaptedParts)[number];

const SHIMS_DIR = join(import.meta.dirname, 'shims');
/** Electron 25: Chromium 114, and Node 18.15 with the same V8. */
const CHROMIUM = 'chrome114';
const NODE = 'node18';

/** The first module of each program that is bundled, and what is loaded before it. */
const SHIMS: Readonly<Record<AdaptedPart, { readonly entry: string; readonly shim: string }>> = {
  main: { entry: '/main/index.ts', shim: 'main-process.ts' },
  workers: { entry: '/main/files/file-worker.ts', shim: 'node.ts' },
  preload: { entry: '/preload/index.ts', shim: 'preload.ts' },
  renderer: { entry: '/renderer/main.tsx', shim: 'language.ts' },
  preview: { entry: '/renderer/preview-frame/main.ts', shim: 'preview.ts' },
};

function shimmed(part: AdaptedPart): Plugin {
  const { entry, shim } = SHIMS[part];
  return {
    name: 'rehearsal:shims',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith(entry) ? `import ${JSON.stringify(join(SHIMS_DIR, shim))};\n${code}` : null),
  };
}

/** Programs of Node import their `crc32` from a module that has it. */
const ownZlib: Plugin = {
  name: 'rehearsal:zlib',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/node/bundle-codec.ts')
      ? code.replace("from 'node:zlib'", `from ${JSON.stringify(join(SHIMS_DIR, 'zlib.ts'))}`)
      : null,
};

/** The configuration of a part for an Electron that loads main as CommonJS only. */
export function adaptPart(part: AdaptedPart, config: PartConfig): PartConfig {
  const plugins = [shimmed(part), ownZlib, ...(config.plugins ?? [])];
  const { build = {} } = config;
  if (part === 'renderer' || part === 'preview') {
    return { ...config, plugins, build: { ...build, target: CHROMIUM, cssTarget: CHROMIUM } };
  }
  const target = { ...config, plugins, build: { ...build, target: NODE } };
  return part === 'main' ? asCommonJs(target) : target;
}

function asCommonJs(config: PartConfig): PartConfig {
  const input = { index: join(import.meta.dirname, '../../../main/index.ts') };
  const output = { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' } as const;
  return {
    ...config,
    build: { ...config.build, rolldownOptions: { ...config.build?.rolldownOptions, input, output } },
  };
}
