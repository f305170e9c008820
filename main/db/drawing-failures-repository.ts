import { eq, ne } from 'drizzle-orm';
import { type DrawingFailure, PREVIEW_PROGRAM_VERSION } from '../../shared/contract/preview-frame.ts';
import type { Queries } from './queries.ts';
import { drawingFailures } from './schema.ts';

export interface DrawingFailureReader {
  /** What the current preview program could not draw, by SHA-256. There are few. */
  all(): ReadonlyMap<string, DrawingFailure>;
}

export interface DrawingFailureWriter {
  /** Null: the bundle was drawn. Forgets what older preview programs could not draw. */
  put(sha256: string, failure: DrawingFailure | null): void;
}

export function drawingFailureReader(db: Queries): DrawingFailureReader {
  const isCurrent = eq(drawingFailures.programVersion, PREVIEW_PROGRAM_VERSION);
  return {
    all: () => {
      const rows = db.select().from(drawingFailures).where(isCurrent).all();
      return new Map(rows.map(({ sha256, code, detail }) => [sha256, { code, detail }]));
    },
  };
}

export function drawingFailureWriter(db: Queries): DrawingFailureWriter {
  return {
    put: (sha256, failure) => {
      db.delete(drawingFailures).where(ne(drawingFailures.programVersion, PREVIEW_PROGRAM_VERSION)).run();
      db.delete(drawingFailures).where(eq(drawingFailures.sha256, sha256)).run();
      if (failure === null) return;
      const { code, detail } = failure;
      const failedAt = new Date().toISOString();
      db.insert(drawingFailures)
        .values({ sha256, programVersion: PREVIEW_PROGRAM_VERSION, code, detail, failedAt })
        .run();
    },
  };
}
