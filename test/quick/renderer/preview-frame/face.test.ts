import { describe, expect, it } from 'vitest';
import { breathAt, loweringOf } from '../../../../renderer/preview-frame/bodies/relaxed-pose.ts';
import { strongestPortrait } from '../../../../renderer/preview-frame/bodies/strongest-portrait.ts';
import { blinkWeight } from '../../../../renderer/preview-frame/face/blinker.ts';
import { FaceControls } from '../../../../renderer/preview-frame/face/face-controls.ts';
import { mixFace } from '../../../../renderer/preview-frame/face/face-state.ts';
import { planVisemes } from '../../../../shared/gab/viseme-plan.ts';

const face = {
  expressions: { happy: [{ morph: 'Smile', weight: 0.8 }], blink: [{ image: 'closed' }], broken: [] },
};
const model = { morphs: new Set(['viseme_aa', 'Smile']), vrmExpressions: new Set<string>() };

function controlsOf() {
  return new FaceControls({
    face,
    plan: planVisemes(face, model),
    morphs: ['viseme_aa', 'Smile'],
    expressions: ['happy', 'sad'],
  });
}

describe('the controls of a face', () => {
  it('are visemes, expressions and morphs, with ids made from kind and name', () => {
    expect(controlsOf().list.map(({ id }) => id)).toEqual([
      'viseme:aa',
      'expression:happy',
      'expression:blink',
      'expression:broken',
      'expression:sad',
      'morph:viseme_aa',
      'morph:Smile',
    ]);
  });

  it("prefer the manifest over the model's own expression of the same name", () => {
    const controls = controlsOf();
    controls.setWeights({ 'expression:happy': 0.5, 'expression:sad': 2, nonsense: 1, 'morph:Smile': Number.NaN });
    const state = mixFace(controls.weightedShapes(new Map()));
    expect(state.morphs).toEqual(new Map([['Smile', 0.4]]));
    expect(state.expressions).toEqual(new Map([['sad', 1]]));
  });

  it('keep their weight until it is set again, and the mouth is added to them', () => {
    const controls = controlsOf();
    controls.setWeights({ 'viseme:aa': 0.7 });
    controls.setWeights({ 'morph:Smile': 1 });
    const speaking = mixFace(controls.weightedShapes(new Map([['aa', 0.6]])));
    expect(speaking.morphs).toEqual(
      new Map([
        ['viseme_aa', 1],
        ['Smile', 1],
      ]),
    );
    controls.setWeights({ 'viseme:aa': 0, 'morph:Smile': 0 });
    expect(mixFace(controls.weightedShapes(new Map())).morphs.size).toBe(0);
  });
});

describe('the portrait of a face', () => {
  it('is the picture at rest without weights, or while the others are weaker', () => {
    expect(strongestPortrait(new Map(), 'rest')).toBe('rest');
    expect(strongestPortrait(new Map([['aa', 0.25]]), 'rest')).toBe('rest');
  });

  it('is the strongest one, never two mouths at once', () => {
    const weights = new Map([
      ['O', 0.3],
      ['aa', 0.6],
      ['closed', 0.1],
    ]);
    expect(strongestPortrait(weights, 'rest')).toBe('aa');
  });
});

describe('a figure without clips', () => {
  it('lowers spread arms on both sides, and leaves arms that hang', () => {
    expect(loweringOf({ x: 0.25, y: 0 })).toBeLessThan(0);
    expect(loweringOf({ x: -0.25, y: 0.01 })).toBeGreaterThan(0);
    expect(loweringOf({ x: 0.05, y: -0.25 })).toBe(0);
  });

  it('breathes slowly and starts at rest', () => {
    expect(Math.abs(breathAt(0))).toBe(0);
    expect(breathAt(2)).toBeCloseTo(-0.018);
    expect(breathAt(4)).toBeCloseTo(0);
  });
});

describe('a blink', () => {
  it('closes the eyes, opens them and ends', () => {
    expect(blinkWeight(0)).toBe(0);
    expect(blinkWeight(35)).toBe(0.5);
    expect(blinkWeight(70)).toBe(1);
    expect(blinkWeight(125)).toBeCloseTo(0.5);
    expect(blinkWeight(180)).toBeNull();
  });
});
