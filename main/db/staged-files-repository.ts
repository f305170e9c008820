import { asc, eq, inArray } from 'drizzle-orm';
import type { Queries } from './queries.ts';
import { type NewStagedFileRow, type StagedFileRow, stagedFiles } from './schema.ts';

export interface StagedFileReader {
  /** In the order in which they were added. */
  all(): readonly StagedFileRow[];
}

export interface StagedFileWriter {
  insert(row: NewStagedFileRow): void;
  update(stageId: string, patch: Partial<Omit<NewStagedFileRow, 'sequence' | 'stageId'>>): void;
  remove(stageIds: readonly string[]): void;
}

export function stagedFileReader(db: Queries): StagedFileReader {
  return { all: () => db.select().from(stagedFiles).orderBy(asc(stagedFiles.sequence)).all() };
}

export function stagedFileWriter(db: Queries): StagedFileWriter {
  return {
    insert: (row) => {
      db.insert(stagedFiles).values(row).run();
    },
    update: (stageId, patch) => {
      db.update(stagedFiles).set(patch).where(eq(stagedFiles.stageId, stageId)).run();
    },
    remove: (stageIds) => {
      db.delete(stagedFiles)
        .where(inArray(stagedFiles.stageId, [...stageIds]))
        .run();
    },
  };
}
