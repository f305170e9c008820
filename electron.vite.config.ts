import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'electron-vite';
import { NONCE_PLACEHOLDER } from './main/security/content-security-policy.ts';

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

/** The preview frame, a separate program: the window does not wait for its build. */
export const preview = {
  root: at('./renderer'),
  base: './',
  plugins: [withoutDecoderFiles],
  build: {
    outDir: at('./out/preview'),
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
    build: {
      outDir: at('./out/main'),
      sourcemap: true,
      // Bundled: what is plain script. Left as packages: native code, piscina (starts its own worker file) and @electron/remote
      // (its guard counts on the package's own main code).
      externalizeDeps: { exclude: ['drizzle-orm', 'ky', 'p-queue', 'zod'] },
      rolldownOptions: {
        // The inspection worker is a separate program: a worker thread loads it by its file name.
        input: {
          index: at('./main/index.ts'),
          'browser-shell': at('./main/browser-shell.ts'),
          'file-worker': at('./main/files/file-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('./out/preload'),
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
