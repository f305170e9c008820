/** Loudness over time: one value from 0 to 1 per step; the loudest step of the recording is 1. */
export interface LoudnessCurve {
  readonly stepMs: number;
  readonly values: Float32Array;
  /** When the voice begins and ends, in milliseconds. */
  readonly voiceStartMs: number;
  readonly voiceEndMs: number;
}

/** Below this, it is breathing or background noise, not voice. */
const VOICE_SHARE = 0.08;
const STEP_MS = 20;

/** Measures the loudness of a recording. `samples`: from -1 to 1, of one channel. */
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

/** The loudness at a point in time; 0 outside the recording. */
export function loudnessAt({ values, stepMs }: LoudnessCurve, timeMs: number): number {
  return values[Math.floor(timeMs / stepMs)] ?? 0;
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length > 0 ? Math.sqrt(sum / samples.length) : 0;
}
