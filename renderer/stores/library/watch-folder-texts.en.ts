import { sentence } from '../../../shared/lib/sentence.ts';

export const watchFolderTexts = {
  nowWatching: (path: string) => sentence`Watching ${path}`,
  stoppedWatching: 'Stopped watching the folder',
} as const;
