export const watchFolderTexts = {
  nowWatching: (path: string) => `Watching ${path}`,
  stoppedWatching: 'Stopped watching the folder',
} as const;
