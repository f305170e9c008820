import type { SweepStop } from './orphan-rules.ts';

/** Why a sweep stopped, and what to do. */
export const sweepStopTexts: Readonly<Record<SweepStop, string>> = {
  'no-avatars':
    'Stopped: the database has no avatars at all, but there are stored files. Nothing was changed. ' +
    'Check that this is the right database.',
  'too-many':
    'Stopped: more files belong to no version than crashes can explain. Nothing was changed. Check that this is the ' +
    'right database. If it is, allow their number with: gabinet-server sweep --up-to N',
  'backup-running': 'Stopped: a backup is being made. Nothing was changed. Try again when it is done.',
  'not-paired':
    'Stopped: the data folder does not belong to the database. Nothing was changed. Check DATA_DIR and DATABASE_URL.',
  'copied-database':
    'Stopped: this database is a copy of another one, or has been moved, and the other one may still use this data ' +
    'folder. Nothing was changed. If it does not, run: gabinet-server adopt',
};
