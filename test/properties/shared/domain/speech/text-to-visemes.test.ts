import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToVisemes } from '../../../../../shared/domain/speech/text-to-visemes.ts';
import { visemes } from '../../../../../shared/gab/manifest/manifest.ts';
import { propertyRuns, testSeed } from '../../../../support/property-runs.ts';

describe(`any text, seed ${testSeed}`, () => {
  it('gives a timeline of supported visemes without gaps that ends at rest', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.constantFrom('de', 'en', 'ja', undefined),
        (text, language) => {
          const { events, totalMs } = textToVisemes(text, language);
          let atMs = 0;
          for (const { viseme, startMs, durationMs } of events) {
            expect(visemes).toContain(viseme);
            expect(startMs).toBe(atMs);
            expect(durationMs).toBeGreaterThan(0);
            atMs += durationMs;
          }
          expect(atMs).toBe(totalMs);
          if (events.length > 0) expect(events.at(-1)?.viseme).toBe('sil');
        },
      ),
      propertyRuns(300),
    );
  });
});
