import { describe, expect, it } from 'vitest';
import {
  factsOf,
  firstClip,
  groupClips,
  matchingControls,
} from '../../../../renderer/features/preview/preview-rules.ts';
import type { PreviewClip, PreviewControl, PreviewScene } from '../../../../shared/contract/preview-frame.ts';

const clip = (id: string, ...slots: string[]): PreviewClip => ({ id, label: id, slots, seconds: 1 });
const shape = (label: string): PreviewControl => ({ id: label, kind: 'morph', label });

describe('groupClips', () => {
  it('orders slots as a conversation goes, then vendors’ own by name, then what nothing plays', () => {
    const groups = groupClips([
      clip('dance'),
      clip('bow', 'vendor.bow'),
      clip('yes', 'talking', 'listening'),
      clip('stand', 'idle'),
    ]);
    expect(groups.map(({ slot, clips }) => [slot, clips.map(({ id }) => id)])).toEqual([
      ['idle', ['stand']],
      ['listening', ['yes']],
      ['talking', ['yes']],
      ['vendor.bow', ['bow']],
      [null, ['dance']],
    ]);
  });

  it('has no group for nothing', () => expect(groupClips([])).toEqual([]));
});

describe('firstClip', () => {
  it('is the first of the idle slot, else none', () => {
    expect(firstClip([clip('wave', 'greeting'), clip('a', 'idle'), clip('b', 'idle')])).toBe('a');
    expect(firstClip([clip('wave', 'greeting')])).toBeNull();
  });
});

describe('matchingControls', () => {
  it('finds by a part of the name, whatever its case', () => {
    const controls = [shape('mouthSmileLeft'), shape('browInnerUp')];
    expect(matchingControls(controls, ' SMILE ')).toEqual([controls[0]]);
    expect(matchingControls(controls, ' ')).toEqual(controls);
    expect(matchingControls(controls, 'tail')).toEqual([]);
  });
});

describe('factsOf', () => {
  const scene: PreviewScene = {
    bodyType: 'model3d',
    clips: [],
    controls: [],
    visemeSource: 'jaw',
    hasVoiceSample: false,
    triangles: 12_345,
    splatPoints: 0,
    memoryBytes: 7_200_000,
  };

  it('names what is there and says where lip-sync comes from', () => {
    const facts = new Map(factsOf(scene).map(({ name, value }) => [name, value]));
    expect(facts.get('Triangles')).toBe('12,345');
    expect(facts.has('Splats')).toBe(false);
    expect(facts.get('Lip-sync')).toBe('the jaw opens and closes, no more');
  });
});
