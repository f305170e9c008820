import type { LocalDatabase } from '../../main/db/local-database.ts';
import { fail } from '../../shared/lib/result.ts';
import { tempDatabase } from './local-database.ts';

/** A real library on a disk that a test can fill up; writing then fails with SQLite's own error. */
export interface FillingDisk {
  isFull: boolean;
  readonly database: LocalDatabase;
}

export async function fillingDisk(): Promise<FillingDisk> {
  const library = await tempDatabase();
  const disk: FillingDisk = {
    isFull: false,
    database: {
      ...library,
      tryWrite: (work) =>
        disk.isFull ? fail({ code: 'library_not_written', systemCode: 'SQLITE_FULL' }) : library.tryWrite(work),
    },
  };
  return disk;
}
