import { describe, expect, it } from 'vitest';
import { MAX_SPOKEN_CHARS } from '../../../../renderer/preview-frame/limits.ts';
import { planSpeech } from '../../../../renderer/preview-frame/speech/plan-speech.ts';
import { textToVisemes } from '../../../../shared/domain/speech/text-to-visemes.ts';
import { gabManifestSchema } from '../../../../shared/gab/manifest/manifest.ts';
import { buildManifest, portraitAsset, thumbnailAsset } from '../../../support/bundle-builder.ts';

const manifest = (fields: Readonly<Record<string, unknown>> = {}) =>
  gabManifestSchema.parse(buildManifest({ manifest: fields }, [thumbnailAsset(), portraitAsset()]));
const loudness = { stepMs: 20, values: new Float32Array(100), voiceStartMs: 300, voiceEndMs: 1800 };

describe('planned speech', () => {
  it('uses the language of the voice, else of the persona, else of the locale', () => {
    const spoken = (fields: Readonly<Record<string, unknown>>) => planSpeech('Stein', manifest(fields), null).timeline;
    expect(spoken({ voice: { provider: 'none', language: 'de' }, locale: 'en' })).toEqual(textToVisemes('Stein', 'de'));
    expect(spoken({ persona: { language: 'de' }, locale: 'en' })).toEqual(textToVisemes('Stein', 'de'));
    expect(spoken({ locale: 'de-AT' })).toEqual(textToVisemes('Stein', 'de'));
  });

  it('matches the spoken time of a recording', () => {
    const { timeline, startsAtMs } = planSpeech('Hello there', manifest(), loudness);
    expect(startsAtMs).toBe(300);
    expect(timeline.totalMs).toBe(1500);
  });

  it('without text lasts as long as the voice', () => {
    const { timeline } = planSpeech('', manifest(), loudness);
    expect(timeline.totalMs).toBe(1500);
    expect(timeline.events.length).toBeGreaterThan(8);
    expect(planSpeech('', manifest(), null).timeline.events).toEqual([]);
  });

  it('is limited in length', () => {
    const endless = planSpeech('la '.repeat(MAX_SPOKEN_CHARS), manifest(), null);
    expect(endless.timeline).toEqual(textToVisemes('la '.repeat(MAX_SPOKEN_CHARS).slice(0, MAX_SPOKEN_CHARS), 'en'));
  });
});
