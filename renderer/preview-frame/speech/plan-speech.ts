import type { LoudnessCurve } from '../../../shared/domain/speech/loudness.ts';
import { textToVisemes } from '../../../shared/domain/speech/text-to-visemes.ts';
import { type SpeechTimeline, stretchTimeline } from '../../../shared/domain/speech/timeline.ts';
import type { GabManifest } from '../../../shared/gab/manifest/manifest.ts';
import { MAX_SPOKEN_CHARS } from '../limits.ts';

/** Spoken for a recording without text: the mouth opens and closes as long as it lasts. */
const BABBLE = 'la me di no ba ';
/** Characters per second of an unhurried voice. */
const BABBLE_CHARS_PER_SECOND = 14;

interface PlannedSpeech {
  readonly timeline: SpeechTimeline;
  /** Milliseconds from the start of the recording to the start of the timeline. */
  readonly startsAtMs: number;
}

/**
 * The mouth movements for a text; with a recording, stretched to the time in which its voice
 * speaks.
 */
export function planSpeech(text: string, manifest: GabManifest, loudness: LoudnessCurve | null): PlannedSpeech {
  const spoken = text.slice(0, MAX_SPOKEN_CHARS);
  const language = manifest.voice?.language ?? manifest.persona?.language ?? manifest.locale;
  const timeline = textToVisemes(spoken, language);
  if (!loudness) return { timeline, startsAtMs: 0 };
  const voiceMs = loudness.voiceEndMs - loudness.voiceStartMs;
  const movements = timeline.totalMs > 0 ? timeline : textToVisemes(babbleFor(voiceMs), 'en');
  return { timeline: stretchTimeline(movements, voiceMs), startsAtMs: loudness.voiceStartMs };
}

function babbleFor(durationMs: number): string {
  const characters = Math.ceil((durationMs / 1000) * BABBLE_CHARS_PER_SECOND);
  return BABBLE.repeat(Math.ceil(characters / BABBLE.length)).slice(0, characters);
}
