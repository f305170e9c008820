export const bridgeTexts = {
  fileNotTaken: (fileName: string, status: number) => `Couldn't add ${fileName} (status ${status}).`,
  filesNotRead: (failedCount: number, totalCount: number) => `${failedCount} of ${totalCount} files couldn't be read.`,
  connectionLost: 'The connection to Gabinet was lost.',
} as const;
