import type { LoudnessCurve } from '../../../shared/domain/speech/loudness.ts';
import { textToVisemes } from '../../../shared/domain/speech/text-to-visemes.ts';
import { type SpeechTimeline, stretchTimeline } from '../../../shared/domain/speech/timeline.ts';
import type { GabManifest } from '../../../shared/gab/manifest.ts';
import { MAX_SPOKEN_CHARS } from '../limits.ts';

/** What a voice without words says: open and closed by turns, as long as it lasts. */
const BABBLE = 'la me di no ba ';
/** Characters that an unhurried voice speaks in a second. */
const BABBLE_CHARS_PER_SECOND = 14;

interface PlannedSpeech {
  readonly timeline: SpeechTimeline;
  /** The timeline begins so many milliseconds after the recording. */
  readonly startsAtMs: number;
}

/** The movements for a text; with a recording in the time in which its voice speaks. */
export function planSpeech(text: string, manifest: GabManifest, loudness: LoudnessCurve | null): PlannedSpeech {
  const spoken = text.slice(0, MAX_SPOKEN_CHARS);
  const language = manifest.voice?.language ?? manifest.persona?.language ?? manifest.locale;
  const timeline = textToVisemes(spoken, language);
  if (!loudness) return { timeline, startsAtMs: 0 };
  const voiceMs = loudness.voiceEndMs - loudness.voiceStartMs;
  const words = timeline.totalMs > 0 ? timeline : textToVisemes(babbleFor(voiceMs), 'en');
  return { timeline: stretchTimeline(words, voiceMs), startsAtMs: loudness.voiceStartMs };
}

function babbleFor(durationMs: number): string {
  const characters = Math.ceil((durationMs / 1000) * BABBLE_CHARS_PER_SECOND);
  return BABBLE.repeat(Math.ceil(characters / BABBLE.length)).slice(0, characters);
}
