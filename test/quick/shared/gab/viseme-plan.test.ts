import { describe, expect, it } from 'vitest';
import { missingVisemes, planVisemes, spokenVisemes } from '../../../../shared/gab/viseme-plan.ts';
import { OCULUS_MORPHS } from '../../../support/sample-assets.ts';

const model = (morphs: readonly string[], vrmExpressions: readonly string[] = []) => ({
  morphs: new Set(morphs),
  vrmExpressions: new Set(vrmExpressions),
});
const VOWELS = ['aa', 'ih', 'ou', 'ee', 'oh'];
const mapped = (map: object) => ({ visemes: { set: 'oculus15' as const, map } });

describe('planVisemes', () => {
  it('prefers the map, and does not complete it', () => {
    const face = mapped({ aa: [{ morph: 'Open', weight: 0.8 }], PP: [{ morph: 'Gone', weight: 1 }], O: [] });
    const plan = planVisemes(face, model(['Open', ...OCULUS_MORPHS, 'jawOpen'], VOWELS));
    expect(plan.source).toBe('map');
    expect([...plan.shapes]).toEqual([['aa', [{ morph: 'Open', weight: 0.8 }]]]);
    expect(missingVisemes(plan)).toHaveLength(13);
  });

  it('uses pictures from the map if there is no model', () => {
    const plan = planVisemes(mapped({ aa: [{ image: 'mouth-open' }], E: [{ morph: 'Open', weight: 1 }] }), null);
    expect([...plan.shapes]).toEqual([['aa', [{ image: 'mouth-open' }]]]);
  });

  it('ignores an empty map', () => {
    expect(planVisemes(mapped({}), model(OCULUS_MORPHS)).source).toBe('names');
    expect(planVisemes(mapped({ aa: [] }), null)).toEqual({ source: 'none', shapes: new Map() });
  });

  it('prefers morphs by name over the VRM vowels', () => {
    const plan = planVisemes(undefined, model(OCULUS_MORPHS, VOWELS));
    expect(plan.source).toBe('names');
    expect(plan.shapes.get('sil')).toEqual([{ morph: 'viseme_sil', weight: 1 }]);
    expect(missingVisemes(plan)).toEqual([]);
    expect(planVisemes(undefined, model(['viseme_aa'], VOWELS)).source).toBe('names');
    // Other spellings are other names.
    expect(planVisemes(undefined, model(['Viseme_aa', 'Head.viseme_aa'])).source).toBe('none');
  });

  it('treats the VRM vowels as a complete set', () => {
    const plan = planVisemes(undefined, model(['jawOpen'], VOWELS));
    expect(plan.source).toBe('vrm');
    expect(plan.shapes.get('I')).toEqual([{ expression: 'ih', weight: 1 }]);
    expect([...plan.shapes.keys()]).toEqual(['aa', 'E', 'I', 'O', 'U']);
    expect(missingVisemes(plan)).toEqual([]);
    expect(missingVisemes(planVisemes(undefined, model([], ['aa', 'happy'])))).toHaveLength(13);
  });

  it('falls back to one jaw, which closes for PP and is not a complete set', () => {
    const plan = planVisemes(undefined, model(['mouthOpen', 'jawOpen']));
    expect(plan.source).toBe('jaw');
    expect(plan.shapes.get('aa')).toEqual([{ morph: 'jawOpen', weight: 0.7 }]);
    expect(plan.shapes.has('PP')).toBe(false);
    expect(missingVisemes(plan)).toEqual(spokenVisemes);
    expect(planVisemes({}, model(['mouthOpen'])).shapes.get('O')).toEqual([{ morph: 'mouthOpen', weight: 0.55 }]);
  });

  it('moves nothing if there is nothing to move', () => {
    expect(planVisemes(undefined, model(['smile'], ['happy']))).toEqual({ source: 'none', shapes: new Map() });
  });
});
