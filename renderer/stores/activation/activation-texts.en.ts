import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

export const activationTexts = {
  makingLive: (version: string) => sentence`Making ${version} live`,
  makingLiveLater: (version: string) => sentence`${version} will go live when you're back online`,
  takingOffline: 'Taking the live avatar offline',
  takingOfflineLater: "The live avatar will be taken offline when you're connected again",
  isLive: (version: string) => sentence`${version} is live`,
  nothingLive: 'Nothing is live now',
  undone: 'Undone',
  someone: 'Someone else',
  notUndone: (who: string, version: string) => sentence`Not undone: ${who} has made ${version} live since.`,
  notUndoneOffline: (who: string) => sentence`Not undone: ${who} has taken the live avatar offline since.`,
  alreadyLive: (version: string) => sentence`${version} is already live.`,
  notABundle: "Can't go live: this file isn't a bundle.",
  hasErrors: (count: number) => sentence`Can't go live: fix ${plural(count, 'error', 'errors')} first. See Findings.`,
  incomplete: "Can't go live: the bundle lacks something that a live avatar needs. See Findings.",
  noLongerPasses: 'Live, but it no longer passes the check. It stays live until you change that. See Findings.',
  cannotBeDrawn: "Live, but the preview couldn't draw it. See Findings.",
} as const;
