import { sentence } from '../../../shared/lib/sentence.ts';

export const projectStatusTexts = {
  share: (kept: string, total: string) => sentence`${kept} of ${total}`,
  keptOffline: (total: string) => sentence`Kept offline, ${total}`,
  downloading: (share: string) => sentence`Downloading for offline use, ${share}`,
  partlyKept: (share: string) => sentence`Partly kept offline, ${share}. The rest will download when you're online.`,
  partlyFailed: (share: string) =>
    sentence`Partly kept offline, ${share}. The rest couldn't be downloaded; Gabinet will retry automatically.`,

  watchingAndAsking: (path: string) => sentence`Watching ${path}, asking before uploading`,
  watchingAndUploading: (path: string) => sentence`Watching ${path}, uploading automatically`,
  startingToWatch: (path: string) => sentence`Starting to watch ${path}`,
  cannotWatch: (path: string, reason: string | null) =>
    sentence`Can't watch ${path}: ${reason ?? "the folder can't be read"}`,
} as const;
