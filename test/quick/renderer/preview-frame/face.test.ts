import { describe, expect, it } from 'vitest';
import { blendPortraits } from '../../../../renderer/preview-frame/bodies/portrait-blend.ts';
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

describe('blending portraits', () => {
  it('shows the picture at rest without weights', () => {
    expect(blendPortraits(new Map(), 'rest')).toEqual({ under: 'rest', over: 'rest', share: 0 });
  });

  it('fades from the picture at rest, and from one mouth to the next', () => {
    expect(blendPortraits(new Map([['aa', 0.25]]), 'rest')).toEqual({ under: 'rest', over: 'aa', share: 0.25 });
    expect(blendPortraits(new Map([['aa', 1]]), 'rest')).toEqual({ under: 'aa', over: 'aa', share: 0 });
    const crossing = blendPortraits(
      new Map([
        ['aa', 0.75],
        ['O', 0.25],
      ]),
      'rest',
    );
    expect(crossing).toEqual({ under: 'aa', over: 'O', share: 0.25 });
  });

  it('never shows three pictures at once', () => {
    const weights = new Map([
      ['aa', 0.6],
      ['O', 0.3],
      ['closed', 0.1],
    ]);
    const { under, over, share } = blendPortraits(weights, 'rest');
    expect([under, over]).toEqual(['aa', 'O']);
    expect(share).toBeCloseTo(1 / 3);
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
