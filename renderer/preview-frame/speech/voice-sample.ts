import { type LoudnessCurve, measureLoudness } from '../../../shared/domain/speech/loudness.ts';
import type { OpenBundle } from '../../../shared/gab/open-bundle.ts';
import { MAX_SAMPLE_BYTES, MAX_SAMPLE_SECONDS } from '../limits.ts';

/** Enough for a voice, with a tenth of the memory of studio quality. */
const SAMPLES_PER_SECOND = 22_050;

export interface VoiceSample {
  readonly audio: AudioBuffer;
  readonly loudness: LoudnessCurve;
}

/** The decoded voice sample of a bundle; null if it has none or the browser cannot decode it. */
export async function loadVoiceSample(bundle: OpenBundle): Promise<VoiceSample | null> {
  const { manifest } = bundle;
  const asset = manifest.assets.find(({ id, kind }) => id === manifest.voice?.sample && kind === 'audio');
  if (!asset) return null;
  const bytes = new Uint8Array(await bundle.readAsset(asset.id));
  // Threat: a few MB of mp3 can hold hours. The length of a WAV follows from its size; the other
  // formats can be cut anywhere.
  const cut = asset.format === 'wav' ? bytes : bytes.slice(0, MAX_SAMPLE_BYTES);
  // An offline context decodes without a loudspeaker.
  const decoder = new OfflineAudioContext(1, 1, SAMPLES_PER_SECOND);
  const audio = await decoder.decodeAudioData(cut.buffer).catch(() => null);
  if (!audio) return null;
  const played = audio.getChannelData(0).subarray(0, MAX_SAMPLE_SECONDS * audio.sampleRate);
  return { audio, loudness: measureLoudness(played, audio.sampleRate) };
}
