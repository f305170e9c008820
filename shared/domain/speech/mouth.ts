import type { Viseme } from '../../gab/manifest/manifest.ts';
import type { SpeechTimeline, VisemeEvent } from './timeline.ts';

/**
 * Lips start to move before a sound is heard and leave it slowly; milliseconds on each side of a
 * boundary.
 */
const BLEND_MS = 45;
/**
 * How far the mouth opens while the voice is silent, so that lips don't freeze in the middle of a
 * word.
 */
const QUIET_SHARE = 0.25;
/** Positions with closed lips or teeth; loudness doesn't open them. */
const CLOSED: ReadonlySet<Viseme> = new Set(['PP', 'FF', 'SS', 'CH', 'sil']);

/** The mouth at a point in time: weights from 0 to 1, which add up to about one during speech. */
export function mouthAt({ events }: SpeechTimeline, timeMs: number): Map<Viseme, number> {
  const mouth = new Map<Viseme, number>();
  for (let index = firstNear(events, timeMs - BLEND_MS); index < events.length; index += 1) {
    const event = events[index];
    if (!event || event.startMs - BLEND_MS > timeMs) break;
    const weight = envelope(event, timeMs);
    if (weight > 0) mouth.set(event.viseme, Math.min(1, (mouth.get(event.viseme) ?? 0) + weight));
  }
  return mouth;
}

/** The event at a point in time; null before the first and after the last one. */
export function eventAt({ events }: SpeechTimeline, timeMs: number): VisemeEvent | null {
  const event = events[firstNear(events, timeMs)];
  return event && event.startMs <= timeMs ? event : null;
}

/** Open positions follow the loudness of a recording, from 0 to 1; closed ones don't. */
export function withLoudness(mouth: ReadonlyMap<Viseme, number>, loudness: number): Map<Viseme, number> {
  const share = QUIET_SHARE + (1 - QUIET_SHARE) * Math.min(1, Math.max(0, loudness));
  return new Map([...mouth].map(([viseme, weight]) => [viseme, CLOSED.has(viseme) ? weight : weight * share]));
}

/** The first event that ends after a point in time, by binary search: a long text has thousands. */
function firstNear(events: readonly VisemeEvent[], timeMs: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = events[middle];
    if (event && event.startMs + event.durationMs <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rises across the start and falls across the end; neighbors cross at one half. */
function envelope({ startMs, durationMs }: VisemeEvent, timeMs: number): number {
  const rise = (timeMs - startMs + BLEND_MS) / (2 * BLEND_MS);
  const fall = (startMs + durationMs + BLEND_MS - timeMs) / (2 * BLEND_MS);
  return smooth(Math.min(1, Math.max(0, Math.min(rise, fall))));
}

function smooth(value: number): number {
  return value * value * (3 - 2 * value);
}
