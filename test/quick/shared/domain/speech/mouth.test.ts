import { describe, expect, it } from 'vitest';
import { loudnessAt, measureLoudness } from '../../../../../shared/domain/speech/loudness.ts';
import { eventAt, mouthAt, withLoudness } from '../../../../../shared/domain/speech/mouth.ts';
import { textToVisemes } from '../../../../../shared/domain/speech/text-to-visemes.ts';
import { stretchTimeline, toTimeline } from '../../../../../shared/domain/speech/timeline.ts';

const timeline = toTimeline([
  { viseme: 'PP', durationMs: 100 },
  { viseme: 'aa', durationMs: 200 },
  { viseme: 'aa', durationMs: 100 },
  { viseme: 'sil', durationMs: 100 },
]);

describe('a timeline', () => {
  it('joins equal neighbors', () => {
    expect(timeline.events).toEqual([
      { viseme: 'PP', startMs: 0, durationMs: 100 },
      { viseme: 'aa', startMs: 100, durationMs: 300 },
      { viseme: 'sil', startMs: 400, durationMs: 100 },
    ]);
  });

  it('is stretched to the length of a recording', () => {
    const stretched = stretchTimeline(timeline, 1000);
    expect(stretched.totalMs).toBe(1000);
    expect(stretched.events[1]).toEqual({ viseme: 'aa', startMs: 200, durationMs: 600 });
    expect(stretchTimeline(timeline, 0)).toEqual({ events: [], totalMs: 0 });
  });
});

describe('the mouth', () => {
  it('is fully in a sound at its middle, halfway between two at their border, and at rest outside', () => {
    expect(mouthAt(timeline, 250)).toEqual(new Map([['aa', 1]]));
    expect(mouthAt(timeline, 100)).toEqual(
      new Map([
        ['PP', 0.5],
        ['aa', 0.5],
      ]),
    );
    expect(mouthAt(timeline, -100).size).toBe(0);
    expect(mouthAt(timeline, 700).size).toBe(0);
  });

  it('never jumps: every weight changes only a little from frame to frame', () => {
    const speech = textToVisemes('Guten Tag, wie geht es?', 'de');
    for (let timeMs = 0; timeMs < speech.totalMs; timeMs += 4) {
      const before = mouthAt(speech, timeMs);
      const after = mouthAt(speech, timeMs + 4);
      for (const viseme of [...before.keys(), ...after.keys()])
        expect(Math.abs((after.get(viseme) ?? 0) - (before.get(viseme) ?? 0))).toBeLessThan(0.16);
    }
  });

  it('is in the right sound at any time', () => {
    expect(eventAt(timeline, 99)?.viseme).toBe('PP');
    expect(eventAt(timeline, 100)?.viseme).toBe('aa');
    expect(eventAt(timeline, 500)).toBeNull();
    expect(eventAt(timeline, -1)).toBeNull();
  });

  it('opens with the voice, but keeps closed lips closed', () => {
    const mouth = new Map([
      ['aa', 1],
      ['PP', 1],
    ] as const);
    expect(withLoudness(mouth, 1)).toEqual(mouth);
    expect(withLoudness(mouth, 0)).toEqual(
      new Map([
        ['aa', 0.25],
        ['PP', 1],
      ]),
    );
  });
});

describe('loudness', () => {
  it('is relative to the loudest moment, and starts and ends with the voice', () => {
    const samples = new Float32Array(1000);
    samples.fill(0.5, 400, 600);
    samples.fill(0.25, 600, 800);
    const curve = measureLoudness(samples, 1000);
    expect(curve).toMatchObject({ voiceStartMs: 400, voiceEndMs: 800 });
    expect(loudnessAt(curve, 450)).toBeCloseTo(1);
    expect(loudnessAt(curve, 700)).toBeCloseTo(0.5);
    expect(loudnessAt(curve, 10)).toBe(0);
    expect(loudnessAt(curve, 5000)).toBe(0);
  });

  it('is zero for silence', () => {
    expect(measureLoudness(new Float32Array(500), 1000)).toMatchObject({ voiceStartMs: 0, voiceEndMs: 0 });
  });
});
