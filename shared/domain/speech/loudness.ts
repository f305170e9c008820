/** Loudness over time: one value 0 to 1 for each step, the loudest of the recording is 1. */
export interface LoudnessCurve {
  readonly stepMs: number;
  readonly values: Float32Array;
  /** When the voice begins and ends, in milliseconds. */
  readonly voiceStartMs: number;
  readonly voiceEndMs: number;
}

/** Quieter than this is breath and room, not voice. */
const VOICE_SHARE = 0.08;
const STEP_MS = 20;

/** The loudness of a recording from its samples, -1 to 1, of one channel. */
export function measureLoudness(samples: Float32Array, samplesPerSecond: number): LoudnessCurve {
  const stepSamples = Math.max(1, Math.round((samplesPerSecond * STEP_MS) / 1000));
  const values = new Float32Array(Math.ceil(samples.length / stepSamples));
  for (let step = 0; step < values.length; step += 1) {
    values[step] = rootMeanSquare(samples.subarray(step * stepSamples, (step + 1) * stepSamples));
  }
  const loudest = values.reduce((most, value) => Math.max(most, value), 0);
  if (loudest > 0) for (let step = 0; step < values.length; step += 1) values[step] = (values[step] ?? 0) / loudest;
  const first = values.findIndex((value) => value > VOICE_SHARE);
  const last = values.findLastIndex((value) => value > VOICE_SHARE);
  const voiceStartMs = Math.max(0, first) * STEP_MS;
  return { stepMs: STEP_MS, values, voiceStartMs, voiceEndMs: last < 0 ? voiceStartMs : (last + 1) * STEP_MS };
}

/** The loudness at a moment, 0 outside of the recording. */
export function loudnessAt({ values, stepMs }: LoudnessCurve, timeMs: number): number {
  return values[Math.floor(timeMs / stepMs)] ?? 0;
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length > 0 ? Math.sqrt(sum / samples.length) : 0;
}
