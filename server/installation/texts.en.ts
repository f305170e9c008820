import type { PairingRefusal } from './pairing-rules.ts';

const WHAT_IS_WRONG: Readonly<Record<PairingRefusal, string>> = {
  'other-folder': 'This data folder belongs to another database.',
  'folder-without-id': 'This data folder does not belong to this database, which has been used with another one.',
  'database-without-id': 'This database does not belong to this data folder, which has been used with another one.',
  'files-without-database': 'This data folder has files, but the database has no avatars at all.',
  'database-without-files': 'The database has avatars, but this data folder has none of their files.',
};

/** Why the server refuses to start, and how to proceed. */
export const refusalText = (because: PairingRefusal, dataDir: string): string =>
  `${WHAT_IS_WRONG[because]} The server did not start, and nothing was changed.
  Data folder: ${dataDir}
How to proceed:
  - Check DATA_DIR and DATABASE_URL, and that the disk with the data folder is mounted. Then start again.
  - If one of the two was lost, restore a backup into an empty database and an empty data folder:
    gabinet-server restore DIR
  - If you know that the two belong together, for example because you have restored both yourself:
    gabinet-server adopt
    It compares them first, and refuses if files are missing.`;
