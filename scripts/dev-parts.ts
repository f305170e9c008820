/** What `npm run dev` keeps up to date. */
export type DevPart = 'server' | 'shell' | 'preview';

const SOURCES: Readonly<Record<DevPart, readonly string[]>> = {
  server: ['server/', 'node/', 'shared/'],
  shell: ['main/', 'node/', 'shared/'],
  // The rest of the screen is Vite's, which exchanges modules in the open page.
  preview: ['renderer/preview-frame/', 'renderer/preview.html', 'shared/', 'electron.vite.config.ts'],
};

/** The folders and files to watch, each once. */
export const watchedSources: readonly string[] = [...new Set(Object.values(SOURCES).flat())];

const WITHOUT_EFFECT = /\.(?:md|tsbuildinfo)$|(?:^|\/)tsconfig\.json$|~$/;

/** Which parts a changed file belongs to; paths are those in the repository, with `/`. */
export function partsOf(path: string): readonly DevPart[] {
  if (WITHOUT_EFFECT.test(path)) return [];
  const parts = Object.entries(SOURCES) as readonly [DevPart, readonly string[]][];
  return parts.filter(([, sources]) => sources.some((source) => path.startsWith(source))).map(([part]) => part);
}
