export const transferProgressTexts = {
  signInNeeded: 'Sign in to continue',
  noConnection: 'No connection',

  uploads: (done: number, total: number) => `Uploads ${done} of ${total}`,
  downloads: (done: number, total: number) => `Downloads ${done} of ${total}`,
  noTransfers: 'No transfers',

  share: (done: string, total: string) => `${done} of ${total}`,
  uploaded: (sent: string, total: string) => `${sent} of ${total} uploaded`,
  uploadedInPart: (sent: string, total: string, saved: string) =>
    `${sent} of ${total} uploaded, ${saved} already on the server`,
  nothingUploaded: 'Already on the server, nothing uploaded',
  onlyToUpload: (size: string) => `only ${size} to upload`,

  downloadStarted: 'Download started',
  downloaded: (fileName: string) => `${fileName} downloaded`,
  onServer: (avatarName: string) => `${avatarName} is on the server`,
  onServerAndLive: (avatarName: string) => `${avatarName} is on the server and live`,
  failed: (fileName: string) => `${fileName} failed`,
  refused: (fileName: string) => `${fileName} refused`,
  canceled: (fileName: string) => `${fileName} canceled`,
} as const;
