import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'electron-vite';
import { NONCE_PLACEHOLDER } from './main/security/content-security-policy.ts';
import packageJson from './package.json' with { type: 'json' };

function at(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/**
 * three's loaders name their decoders as files beside them, to be fetched. The preview frame fetches nothing: it hands them
 * over itself (renderer/preview-frame/loaders), and the files, 2 MB that nobody would read, stay out of the build.
 */
const withoutDecoderFiles = {
  name: 'gabinet:without-decoder-files',
  enforce: 'pre' as const,
  transform: {
    filter: { id: /\/three\/examples\/jsm\/loaders\/(?:DRACO|KTX2)Loader\.js$/ },
    handler: (code: string) => code.replaceAll(/new URL\(\s*'[^']+',\s*import\.meta\.url\s*\)\.toString\(\)/g, "''"),
  },
};

/** The licenses of the packages in a bundle must come along with it. */
const license = { fileName: 'licenses.md' };

/** The preview frame, a separate program: the window does not wait for its build. */
export const preview = {
  root: at('./renderer'),
  base: './',
  plugins: [withoutDecoderFiles],
  build: {
    outDir: at('./out/preview'),
    license,
    // Which files the frame is made of: the browser shell answers those, and only those, without a session.
    manifest: 'build-files.json',
    minify: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { input: { preview: at('./renderer/preview.html') } },
  },
} satisfies UserConfig['renderer'];

/** What the packaged application loads as packages: electron-builder.yml lists the same names. */
const PACKAGES_BESIDE_MAIN = [
  // Native code, found by its place in the package.
  'better-sqlite3',
  // Its guard counts on the package's own main code.
  '@electron/remote',
];

function bundledByMain(): string[] {
  return Object.keys(packageJson.dependencies).filter((name) => !PACKAGES_BESIDE_MAIN.includes(name));
}

/**
 * Piscina starts the worker file beside its code. Bundled, it starts the one in the folder of the module whose functions
 * the threads run. Its threads would also load a native package to run at a lower priority, which no pool asks for.
 */
const PISCINA_CHANGES = [
  {
    file: '/piscina/dist/index.js',
    from: "(0, node_path_1.resolve)(__dirname, 'worker.js')",
    to: "(0, node_path_1.resolve)((0, node_path_1.dirname)(this.options.filename), 'pool-thread.mjs')",
  },
  {
    file: '/piscina/dist/worker.js',
    from: "await Promise.resolve().then(() => __importStar(require('@napi-rs/nice'))).catch(noop)",
    to: 'null',
  },
];

const bundledPiscina = {
  name: 'gabinet:bundled-piscina',
  enforce: 'pre' as const,
  transform: {
    filter: { id: /\/piscina\/dist\/(?:index|worker)\.js$/ },
    handler(code: string, id: string): string {
      const change = PISCINA_CHANGES.find(({ file }) => id.endsWith(file));
      if (!(change && code.includes(change.from))) throw new Error(`${id} is not the code that is changed here`);
      return code.replace(change.from, change.to);
    },
  },
};

/**
 * The worker threads of main: separate programs without a chunk in common with main, because the package keeps them
 * outside its archive. No package.json there says that they are ES modules, so their names do.
 */
export const workers = {
  plugins: [bundledPiscina],
  build: {
    outDir: at('./out/workers'),
    license,
    sourcemap: false,
    externalizeDeps: { exclude: bundledByMain() },
    rolldownOptions: {
      input: {
        'file-worker': at('./main/files/file-worker.ts'),
        'pool-thread': at('./node_modules/piscina/dist/worker.js'),
      },
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
} satisfies UserConfig['main'];

/**
 * The server as it runs in tests that start it often: built, it starts in a quarter of the time.
 * Left as packages: what is loaded as a separate program, or brings files along.
 */
export const server = {
  build: {
    outDir: at('./out/server'),
    sourcemap: true,
    externalizeDeps: { exclude: ['drizzle-orm', 'fastify-type-provider-zod', 'zod'] },
    rolldownOptions: {
      input: { start: at('./server/start.ts'), 'file-worker': at('./server/files/file-worker.ts') },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
} satisfies UserConfig['main'];

export default {
  main: {
    plugins: [bundledPiscina],
    build: {
      outDir: at('./out/main'),
      license,
      sourcemap: false,
      externalizeDeps: { exclude: bundledByMain() },
      rolldownOptions: {
        input: { index: at('./main/index.ts'), 'browser-shell': at('./main/browser-shell.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('./out/preload'),
      license,
      sourcemap: false,
      // A sandboxed preload has no `require` but for a few modules of Electron: everything else is bundled, as CommonJS.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { index: at('./preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('./renderer'),
    // Both shells serve the renderer from the root of their origin; electron-vite insists on the relative form.
    base: './',
    plugins: [react(), tailwindcss()],
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: {
      outDir: at('./out/renderer'),
      license,
      minify: true,
      sourcemap: false,
      // Small files cost nothing on loopback, and the policy stays free of `data:` for all but pictures.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      // Loaded from the same machine: one file is quicker than many.
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        input: { index: at('./renderer/index.html') },
        // Reads the 40 icons that are used instead of all 1,700: the first start waits for this build (1.0 s instead of 1.9).
        experimental: { lazyBarrel: true },
      },
    },
  },
} satisfies UserConfig;
