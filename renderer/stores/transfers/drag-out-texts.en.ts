export const dragOutTexts = {
  notHere: (version: string) => `${version} isn't on this computer yet. Downloading it now.`,
  isReady: (version: string) => `${version} is on this computer. Drag it again.`,
} as const;
