export const projectStatusTexts = {
  share: (kept: string, total: string) => `${kept} of ${total}`,
  keptOffline: (total: string) => `Kept offline, ${total}`,
  downloading: (share: string) => `Downloading for offline use, ${share}`,
  partlyKept: (share: string) => `Partly kept offline, ${share}. The rest will download when you're online.`,
  partlyFailed: (share: string) =>
    `Partly kept offline, ${share}. The rest couldn't be downloaded; Gabinet will retry automatically.`,

  watchingAndAsking: (path: string) => `Watching ${path}, asking before uploading`,
  watchingAndUploading: (path: string) => `Watching ${path}, uploading automatically`,
  startingToWatch: (path: string) => `Starting to watch ${path}`,
  cannotWatch: (path: string, reason: string | null) => `Can't watch ${path}: ${reason ?? "the folder can't be read"}`,
} as const;
