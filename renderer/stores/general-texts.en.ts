import { sentence } from '../../shared/lib/sentence.ts';

export const generalTexts = {
  chooseAvatarFirst: 'Choose an avatar first.',
  openProjectFirst: 'Open a project first.',
  saved: 'Saved',
  show: 'Show',
  undo: 'Undo',
  nothingToUndo: 'Nothing to undo',
  version: (avatarName: string, version: number) => sentence`${avatarName} v${version}`,
  readOnly: 'View only. Ask a designer to make changes.',
  offline: "You're offline. This needs the server.",
} as const;
