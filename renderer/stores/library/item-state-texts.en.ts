import { sentence } from '../../../shared/lib/sentence.ts';

export const itemStateTexts = {
  live: 'Live',
  goingLive: 'Going live',
  otherVersionLive: (version: number) => sentence`v${version} is live`,
  cannotGoLive: "Can't go live",
  cannotBeDrawn: "Can't be drawn",
  noLongerPasses: 'No longer passes',
  onServer: 'On the server',
  pending: 'Pending',
  queued: 'Queued',
  waiting: 'Waiting',
  sending: (percent: number) => sentence`Sending ${percent}%`,
  receiving: (percent: number) => sentence`Downloading ${percent}%`,
  checking: 'Checking',
  paused: 'Paused',
  savedToDisk: 'Saved',
  failed: 'Failed',
  refused: 'Refused',
  canceled: 'Canceled',
} as const;
