import { sentence } from '../../../shared/lib/sentence.ts';

export const dragOutTexts = {
  notHere: (version: string) => sentence`${version} isn't on this computer yet. Downloading it now.`,
  isReady: (version: string) => sentence`${version} is on this computer. Drag it again.`,
} as const;
