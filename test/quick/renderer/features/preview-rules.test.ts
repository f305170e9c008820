import { describe, expect, it } from 'vitest';
import { factsOf, firstClip, groupClips, matchingLabels } from '../../../../renderer/features/preview/preview-rules.ts';
import type { PreviewClip, PreviewControl, PreviewScene } from '../../../../shared/contract/preview-frame.ts';

const clip = (id: string, ...slots: string[]): PreviewClip => ({ id, label: id, slots, seconds: 1 });
const shape = (label: string): PreviewControl => ({ id: label, kind: 'morph', label });

describe('groupClips', () => {
  it('orders slots as in a conversation, then slots of vendors by name, then clips without a slot', () => {
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

  it('returns no group for no clips', () => expect(groupClips([])).toEqual([]));
});

describe('firstClip', () => {
  it('is the first clip of the idle slot, or null without one', () => {
    expect(firstClip([clip('wave', 'greeting'), clip('a', 'idle'), clip('b', 'idle')])).toBe('a');
    expect(firstClip([clip('wave', 'greeting')])).toBeNull();
  });
});

describe('matchingLabels', () => {
  it('finds controls by part of their name, ignoring case', () => {
    const controls = [shape('mouthSmileLeft'), shape('browInnerUp')];
    expect(matchingLabels(controls, ' SMILE ')).toEqual([controls[0]]);
    expect(matchingLabels(controls, ' ')).toEqual(controls);
    expect(matchingLabels(controls, 'tail')).toEqual([]);
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

  it('lists only parts that the scene has, and the source of the lip-sync', () => {
    const facts = new Map(factsOf(scene).map(({ name, value }) => [name, value]));
    expect(facts.get('Triangles')).toBe('12,345');
    expect(facts.has('Splats')).toBe(false);
    expect(facts.get('Lip-sync')).toBe('jaw only');
  });
});
