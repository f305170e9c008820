import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

export const outboxTexts = {
  title: 'Changes',
  list: 'Changes not on the server yet',
  projectAndTime: (project: string, when: string) => sentence`${project}, ${when}`,
  retry: (change: string) => sentence`Retry: ${change}`,
  discard: (change: string) => sentence`Discard: ${change}`,
  retryAll: 'Retry all refused',
  discardAll: 'Discard all refused',

  conflicts: 'Conflicts',
  conflictCount: (count: number) => plural(count, 'conflict', 'conflicts'),
  activatedByOther: 'Someone else changed the live avatar while you were choosing.',
  editedByOther: (subject: string) => sentence`Someone else edited ${subject} while you were editing it.`,
  keepTheirs: 'Keep theirs',
  makeMineLive: 'Make mine live',
  takeOffline: 'Take offline',
  applyMine: 'Apply mine',
  keepAllTheirs: 'Keep all of theirs',
  applyAllMine: 'Apply all of mine',

  by: (who: string) => sentence`by ${who}`,
  bySomeoneElse: 'by someone else',
  byAndWhen: (by: string, when: string) => sentence`${by}, ${when}`,
  noneLive: 'Nothing live',
  theirsLive: 'Theirs, live now',
  mineNotLive: 'Yours, not live yet',
  chosenByYou: (when: string) => sentence`chosen by you, ${when}`,
  field: 'Field',
  theirs: (byAndWhen: string) => sentence`Theirs, ${byAndWhen}`,
  yours: (when: string) => sentence`Yours, ${when}`,
} as const;
