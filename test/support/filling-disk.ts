import type { LocalDatabase } from '../../main/db/local-database.ts';
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
      write: (work) => {
        if (disk.isFull) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
        return library.write(work);
      },
    },
  };
  return disk;
}
