export const transferProgressTexts = {
  signInNeeded: 'Sign in to continue',
  noConnection: 'No connection',

  uploads: (done: number, total: number) => `Uploads ${done} of ${total}`,
  downloads: (done: number, total: number) => `Downloads ${done} of ${total}`,
  noTransfers: 'No transfers',

  secondsLeft: (seconds: number) => `${seconds} s left`,
  minutesLeft: (minutes: number) => `${minutes} min left`,
  hoursLeft: (hours: number) => `${hours} h left`,
  share: (done: string, total: string) => `${done} of ${total}`,
  uploaded: (sent: string, total: string) => `${sent} of ${total} uploaded`,
  uploadedInPart: (sent: string, total: string, saved: string) =>
    `${sent} of ${total} uploaded, ${saved} already on the server`,
  nothingUploaded: 'Already on the server, nothing uploaded',
  onlyToUpload: (size: string) => `only ${size} to upload`,

  downloadStarted: 'Download started',
  savedTo: (fileName: string, folder: string) => `Saved ${fileName} to ${folder}`,
  severalSavedTo: (count: number, folder: string) => `Saved ${count} files to ${folder}`,
  show: 'Show',
  downloadWaits: "The download starts when you're online again.",
  downloaded: (fileName: string) => `${fileName} downloaded`,
  onServer: (avatarName: string) => `${avatarName} is on the server`,
  onServerAndLive: (avatarName: string) => `${avatarName} is on the server and live`,
  failed: (fileName: string) => `${fileName} failed`,
  refused: (fileName: string) => `${fileName} refused`,
  canceled: (fileName: string) => `${fileName} canceled`,
} as const;
