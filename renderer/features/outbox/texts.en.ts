import { plural } from '../../../shared/lib/plural.ts';

export const outboxTexts = {
  title: 'Changes',
  list: 'Changes not on the server yet',
  projectAndTime: (project: string, when: string) => `${project}, ${when}`,
  retry: (change: string) => `Retry: ${change}`,
  discard: (change: string) => `Discard: ${change}`,
  retryAll: 'Retry all refused',
  discardAll: 'Discard all refused',

  conflicts: 'Conflicts',
  conflictCount: (count: number) => plural(count, 'conflict', 'conflicts'),
  activatedByOther: 'Someone else changed the live avatar while you were choosing.',
  editedByOther: (subject: string) => `Someone else edited ${subject} while you were editing it.`,
  keepTheirs: 'Keep theirs',
  makeMineLive: 'Make mine live',
  takeOffline: 'Take offline',
  applyMine: 'Apply mine',
  keepAllTheirs: 'Keep all of theirs',
  applyAllMine: 'Apply all of mine',

  by: (who: string) => `by ${who}`,
  bySomeoneElse: 'by someone else',
  byAndWhen: (by: string, when: string) => `${by}, ${when}`,
  noneLive: 'Nothing live',
  theirsLive: 'Theirs, live now',
  mineNotLive: 'Yours, not live yet',
  chosenByYou: (when: string) => `chosen by you, ${when}`,
  field: 'Field',
  theirs: (byAndWhen: string) => `Theirs, ${byAndWhen}`,
  yours: (when: string) => `Yours, ${when}`,
} as const;
