export const bridgeTexts = {
  fileNotTaken: (fileName: string, status: number) => `Couldn't add ${fileName} (status ${status}).`,
  fileNotRead: (fileName: string) => `Couldn't read ${fileName}. Add it again.`,
  connectionLost: 'The connection to Gabinet was lost.',
} as const;
