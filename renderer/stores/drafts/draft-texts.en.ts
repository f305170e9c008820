import { sentence } from '../../../shared/lib/sentence.ts';

export const draftTexts = {
  discarded: (avatarName: string) => sentence`Discarded the changes to ${avatarName}`,
  notKept: "Unsaved changes can't be kept on this computer",
  saveBeforeClosing: 'The storage of this window is full. Save them before you close Gabinet.',
  nothingToSave: 'There are no unsaved changes.',
  avatarGone: (avatarName: string) => sentence`${avatarName} was deleted`,
  keptIfRestored: 'Your unsaved changes to it are kept for 30 days, in case it is restored.',
  discardThem: 'Discard them',
} as const;
