import type { Viseme } from '../../gab/manifest/manifest.ts';

/** One position of the mouth. Times in milliseconds from the start of the speech. */
export interface VisemeEvent {
  readonly viseme: Viseme;
  readonly startMs: number;
  readonly durationMs: number;
}

export interface SpeechTimeline {
  /** In order, without gaps; no two neighbors are the same. */
  readonly events: readonly VisemeEvent[];
  readonly totalMs: number;
}

/** A sound without a position in time. */
export interface Sound {
  readonly viseme: Viseme;
  readonly durationMs: number;
}

/**
 * Puts sounds one after the other. Two equal sounds in a row become one long sound, as in "aa" or
 * "Schiff fährt".
 */
export function toTimeline(sounds: Iterable<Sound>): SpeechTimeline {
  const events: VisemeEvent[] = [];
  let atMs = 0;
  for (const { viseme, durationMs } of sounds) {
    if (durationMs <= 0) continue;
    const last = events.at(-1);
    if (last?.viseme === viseme) events[events.length - 1] = { ...last, durationMs: last.durationMs + durationMs };
    else events.push({ viseme, startMs: atMs, durationMs });
    atMs += durationMs;
  }
  return { events, totalMs: atMs };
}

/** The same movements in another total time, in milliseconds, to match a recording. */
export function stretchTimeline({ events, totalMs }: SpeechTimeline, wantedMs: number): SpeechTimeline {
  if (totalMs <= 0 || wantedMs <= 0) return { events: [], totalMs: 0 };
  const factor = wantedMs / totalMs;
  const stretched = events.map(({ viseme, startMs, durationMs }) => ({
    viseme,
    startMs: startMs * factor,
    durationMs: durationMs * factor,
  }));
  return { events: stretched, totalMs: wantedMs };
}
