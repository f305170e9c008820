import type { Log } from '../../node/log.ts';
import type { BundleReference } from '../../shared/contract/bundle-reference.ts';
import type { DrawingFailure } from '../../shared/contract/preview-frame.ts';
import type { LocalDatabase } from '../db/local-database.ts';

export interface DrawingsOptions {
  readonly database: LocalDatabase;
  /** SHA-256 of a staged file when it was inspected; null if there is none. */
  stagedHash(stageId: string): string | null;
  /**
   * Whether a staged file still has that hash. Its owner may be saving it again, and what the preview
   * read then is another file.
   */
  isUnchanged(stageId: string): Promise<boolean>;
  /** Called with the projects whose versions are the file; none if it is only staged. */
  onChange(projectUuids: readonly string[]): void;
  readonly log: Log;
}

/** What the preview could and could not draw, for staged files and stored versions alike. */
export interface Drawings {
  /**
   * Keeps why a bundle was not drawn. Null: it was drawn, so an earlier failure is over. Does
   * nothing if the bundle is gone, or is another file by now.
   */
  report(bundle: BundleReference, failure: DrawingFailure | null): Promise<void>;
}

export function createDrawings(options: DrawingsOptions): Drawings {
  const { database, log } = options;
  const hashOf = (bundle: BundleReference) =>
    bundle.kind === 'staged'
      ? options.stagedHash(bundle.stageId)
      : (database.read.versions.find(bundle.versionUuid)?.sha256 ?? null);
  return {
    report: async (bundle, failure) => {
      const sha256 = hashOf(bundle);
      if (sha256 === null || isStored(database, sha256, failure)) return;
      if (failure !== null) log.warn('A preview was not drawn', { sha256, ...failure });
      if (bundle.kind === 'staged' && !(await options.isUnchanged(bundle.stageId))) return;
      // The user may have signed out in the meantime.
      if (!database.isOpen()) return;
      const written = database.tryWrite(({ drawingFailures }) => drawingFailures.put(sha256, failure));
      if (written.ok) options.onChange(database.read.versions.projectsWithFile(sha256));
      else log.warn('A failure of the preview could not be kept', written.failure);
    },
  };
}

/** Nearly all previews are drawn, as before: they write nothing. */
function isStored({ read }: LocalDatabase, sha256: string, failure: DrawingFailure | null): boolean {
  const stored = read.drawingFailures.all().get(sha256) ?? null;
  return stored?.code === failure?.code && stored?.detail === failure?.detail;
}
