import type { PackedApp } from './asar-archive.ts';
import type { PackageTarget } from './assemble.ts';

interface ExpectedFiles {
  readonly path: RegExp;
  /** How many there are at least. */
  readonly least: number;
  /** Whether they are plain files beside the archive. */
  readonly isUnpacked?: boolean;
}

/** The folder of what a target needs of native code. */
const PREBUILDS = 'node_modules/better-sqlite3/prebuilds';

/** Everything that a package may contain. */
function expectedFiles({ platform, arch }: PackageTarget): readonly ExpectedFiles[] {
  return [
    { path: /^package\.json$/, least: 1 },
    { path: /^LICENSE$/, least: 1 },
    { path: /^THIRD-PARTY\.md$/, least: 1 },
    { path: /^licenses\/[\w.-]+\.txt$/, least: 1 },
    { path: /^out\/(?:main|preload|renderer|preview)\/licenses\.md$/, least: 4 },
    { path: /^out\/workers\/licenses\.md$/, least: 1, isUnpacked: true },
    { path: /^out\/main\/index\.js$/, least: 1 },
    { path: /^out\/main\/chunks\/[\w.-]+\.js$/, least: 0 },
    { path: /^out\/workers\/(?:file-worker|pool-thread)\.mjs$/, least: 2, isUnpacked: true },
    { path: /^out\/preload\/index\.cjs$/, least: 1 },
    { path: /^out\/renderer\/index\.html$/, least: 1 },
    { path: /^out\/renderer\/assets\/[\w.-]+\.(?:js|css|svg)$/, least: 2 },
    { path: /^out\/preview\/(?:preview\.html|build-files\.json)$/, least: 2 },
    { path: /^out\/preview\/assets\/[\w.-]+\.(?:js|css)$/, least: 1 },
    { path: /^build-resources\/icons\/256x256\.png$/, least: 1 },
    { path: /^main\/db\/migrations\/\d{4}_\w+\.sql$/, least: 1 },
    { path: /^main\/db\/migrations\/meta\/_journal\.json$/, least: 1 },
    { path: /^node_modules\/@electron\/remote\/(?:package\.json|LICENSE)$/, least: 2 },
    { path: /^node_modules\/@electron\/remote\/(?:main|dist\/src\/(?:main|common))\/[\w-]+\.js$/, least: 3 },
    { path: /^node_modules\/better-sqlite3\/(?:package\.json|LICENSE)$/, least: 2 },
    { path: /^node_modules\/better-sqlite3\/lib\/(?:methods\/)?[\w-]+\.js$/, least: 3 },
    { path: new RegExp(`^${PREBUILDS}/${platform}-${arch}\\.node$`), least: 1, isUnpacked: true },
  ];
}

/**
 * 14 MB without Electron, of which a third is the preview's 3D code and a fifth SQLite. Larger means
 * that something came along: the files for another system, a second copy of a library.
 */
export const MAX_PACKAGE_BYTES = 14_000_000;

/** Returns a line for each file that does not belong into the package, is missing, or is in the wrong place. */
export function listProblems(app: PackedApp, target: PackageTarget): readonly string[] {
  const expected = expectedFiles(target);
  const paths = [...app.files.keys()];
  const stray = paths.filter((path) => !expected.some((one) => one.path.test(path)));
  return [
    ...stray.map((path) => `${path} does not belong into the package`),
    ...expected.flatMap((one) => problemsOf(app, one)),
    ...sizeProblems(app),
  ];
}

export function packedBytes(app: PackedApp): number {
  return [...app.files.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function problemsOf(app: PackedApp, { path, least, isUnpacked = false }: ExpectedFiles): readonly string[] {
  const found = [...app.files].filter(([name]) => path.test(name));
  const misplaced = found.filter(([, file]) => file.isUnpacked !== isUnpacked);
  const tooFew = found.length < least ? [`${path.source}: ${found.length} files are packed, not ${least}`] : [];
  return [...tooFew, ...misplaced.map(([name]) => `${name} must be ${isUnpacked ? 'beside' : 'inside'} the archive`)];
}

function sizeProblems(app: PackedApp): readonly string[] {
  const bytes = packedBytes(app);
  return bytes > MAX_PACKAGE_BYTES ? [`${bytes} bytes are packed, more than ${MAX_PACKAGE_BYTES}`] : [];
}
