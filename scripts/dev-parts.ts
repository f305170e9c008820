/** The parts that `npm run dev` reloads. */
export type DevPart = 'server' | 'shell' | 'preview';

const SOURCES: Readonly<Record<DevPart, readonly string[]>> = {
  server: ['server/', 'node/', 'shared/'],
  shell: ['main/', 'node/', 'shared/'],
  // Vite handles the rest of the screen and replaces modules in the open page.
  preview: ['renderer/preview-frame/', 'renderer/preview.html', 'shared/', 'electron.vite.config.ts'],
};

/** All folders and files to watch, without duplicates. */
export const watchedSources: readonly string[] = [...new Set(Object.values(SOURCES).flat())];

const WITHOUT_EFFECT = /\.(?:md|tsbuildinfo)$|(?:^|\/)tsconfig\.json$|~$/;

/**
 * Returns the parts that a changed file belongs to. Paths are relative to the repository, with `/`.
 */
export function partsOf(path: string): readonly DevPart[] {
  if (WITHOUT_EFFECT.test(path)) return [];
  const parts = Object.entries(SOURCES) as readonly [DevPart, readonly string[]][];
  return parts.filter(([, sources]) => sources.some((source) => path.startsWith(source))).map(([part]) => part);
}
