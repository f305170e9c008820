import { hasUnsafeText } from './unsafe-text.ts';

const MAX_CLIPS_PER_SLOT = 16;
const MAX_CLIP_CHARS = 200;

/** Typical names of clips, by slot. A clip goes to the first slot that matches its name. */
const slotNames: readonly (readonly [slot: string, name: RegExp])[] = [
  ['farewell', /bye|farewell|leave/],
  ['greeting', /wave|waving|greet|hello|welcome|\bhi\b/],
  ['talking', /talk|speak|speech|explain|gestur/],
  ['listening', /listen|nod/],
  ['thinking', /think|ponder|hmm/],
  ['idle', /idle|breath|\bstand(?! up)|\brest|\bwait/],
];
/** Clips that no one would use while waiting for a question. */
const NEVER_ALONE =
  /\b(?:jump|lie|lying|sit|sitting|melee|attack|combat|block|death|die|dead|fall|crouch|swim|run|walk)/;

/** Assigns the clips of an asset to slots by their names: `{ idle: ['body#Idle'] }`. */
export function slotsOf(assetId: string, clips: Iterable<string>): Record<string, string[]> {
  const slots: Record<string, string[]> = {};
  for (const clip of clips) {
    const words = clip
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll(/[_.-]/g, ' ')
      .toLowerCase();
    const slot = NEVER_ALONE.test(words) ? undefined : slotNames.find(([, name]) => name.test(words))?.[0];
    if (slot === undefined || clip === '' || clip.length > MAX_CLIP_CHARS || hasUnsafeText(clip)) continue;
    slots[slot] = [...(slots[slot] ?? []), `${assetId}#${clip}`].slice(0, MAX_CLIPS_PER_SLOT);
  }
  return slots;
}
