import { sentence } from '../../../shared/lib/sentence.ts';

export const transferProgressTexts = {
  signInNeeded: 'Sign in to continue',
  noConnection: 'No connection',

  uploads: (done: number, total: number) => sentence`Uploads ${done} of ${total}`,
  downloads: (done: number, total: number) => sentence`Downloads ${done} of ${total}`,
  noTransfers: 'No transfers',

  secondsLeft: (seconds: number) => sentence`${seconds} s left`,
  minutesLeft: (minutes: number) => sentence`${minutes} min left`,
  hoursLeft: (hours: number) => sentence`${hours} h left`,
  share: (done: string, total: string) => sentence`${done} of ${total}`,
  uploaded: (sent: string, total: string) => sentence`${sent} of ${total} uploaded`,
  uploadedInPart: (sent: string, total: string, saved: string) =>
    sentence`${sent} of ${total} uploaded, ${saved} already on the server`,
  nothingUploaded: 'already on the server, nothing uploaded',
  onlyToUpload: (size: string) => sentence`only ${size} to upload`,

  downloadStarted: 'Download started',
  savedTo: (fileName: string, folder: string) => sentence`Saved ${fileName} to ${folder}`,
  severalSavedTo: (count: number, folder: string) => sentence`Saved ${count} files to ${folder}`,
  show: 'Show',
  downloadWaits: "The download starts when you're online again.",
  downloaded: (fileName: string) => sentence`${fileName} downloaded`,
  onServer: (avatarName: string) => sentence`${avatarName} is on the server`,
  onServerAndLive: (avatarName: string) => sentence`${avatarName} is on the server and live`,
  failed: (fileName: string) => sentence`${fileName} failed`,
  refused: (fileName: string) => sentence`${fileName} refused`,
  canceled: (fileName: string) => sentence`${fileName} canceled`,
} as const;
