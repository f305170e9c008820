import { AnimationClip, Bone, Group, NumberKeyframeTrack, QuaternionKeyframeTrack } from 'three';
import { describe, expect, it } from 'vitest';
import { describeClips, idleClipOf } from '../../../../renderer/preview-frame/bodies/clip-names.ts';
import { ClipPlayer } from '../../../../renderer/preview-frame/bodies/clip-player.ts';
import { MorphSet } from '../../../../renderer/preview-frame/bodies/morph-set.ts';
import { plainBoneName, retargetClip } from '../../../../renderer/preview-frame/bodies/retarget.ts';

const clip = (assetId: string, name: string) => ({ assetId, name, seconds: 1, assetTitle: `${assetId} title` });

describe('clips', () => {
  const clips = describeClips([clip('body', 'Idle'), clip('body', 'Wave'), clip('dance', ''), clip('body', 'Wave')], {
    idle: ['body#Idle'],
    greeting: ['body#Wave', 'dance'],
    talking: ['body#Missing'],
  });

  it('have unique ids and the slots that name them; an asset without a clip name means its first clip', () => {
    expect(clips.map(({ id, slots }) => [id, slots])).toEqual([
      ['body#Idle', ['idle']],
      ['body#Wave', ['greeting']],
      ['dance#', ['greeting']],
      ['body#Wave#3', []],
    ]);
    expect(clips[2]?.label).toBe('dance title');
  });

  it('without an end have no length, and their number is limited', () => {
    const [endless] = describeClips([{ ...clip('body', 'a'), seconds: Number.POSITIVE_INFINITY }], {});
    expect(endless?.seconds).toBe(0);
    const many = Array.from({ length: 3000 }, (_, index) => clip('body', String(index)));
    expect(describeClips(many, {})).toHaveLength(2000);
  });

  it('start with the idle clip', () => {
    expect(idleClipOf(clips)).toBe('body#Idle');
    expect(idleClipOf([])).toBeNull();
  });
});

function skeleton(...names: readonly string[]): Group {
  const root = new Group();
  for (const name of names) root.add(Object.assign(new Bone(), { name }));
  return root;
}

function turn(...names: readonly string[]): AnimationClip {
  const tracks = names.map(
    (name) => new QuaternionKeyframeTrack(`${name}.quaternion`, [0, 1], [0, 0, 0, 1, 0, 1, 0, 0]),
  );
  return new AnimationClip('turn', 1, tracks);
}

describe('clips retargeted from another file', () => {
  it('find bones by name, with or without the prefix of the software', () => {
    const fitted = retargetClip(turn('mixamorigHips', 'Head', 'Tail'), skeleton('Hips', 'head'));
    expect(fitted?.tracks.map(({ name }) => name)).toEqual(['Hips.quaternion', 'head.quaternion']);
  });

  it('are left out if no bone fits', () => {
    expect(retargetClip(turn('Wheel'), skeleton('Hips'))).toBeNull();
  });

  it.each([
    ['mixamorigLeftArm', 'leftarm'],
    ['mixamorig:LeftArm', 'leftarm'],
    ['Armature|Head', 'head'],
    ['Spine', 'spine'],
  ])('the bone name %s is read as %s', (name, plain) => {
    expect(plainBoneName(name)).toBe(plain);
  });
});

describe('playing a clip', () => {
  function playing() {
    const root = skeleton('Hips');
    const player = new ClipPlayer(root, new Map([['turn', turn('Hips')]]));
    return { player, hips: root.children[0] };
  }

  it('moves the model unless paused, and restores its pose afterwards', () => {
    const { player, hips } = playing();
    player.play('turn');
    player.update(0.5);
    expect(hips?.quaternion.y).toBeGreaterThan(0.5);
    player.setPaused(true);
    expect(player.isMoving).toBe(false);
    player.play(null);
    expect(hips?.quaternion.y).toBe(0);
  });

  it('stops if the clip does not exist', () => {
    const { player } = playing();
    player.play('turn');
    player.play('gone');
    expect(player.isMoving).toBe(false);
  });
});

describe('morphs', () => {
  function face() {
    const root = new Group();
    for (const influences of [
      [0, 0.2],
      [0.1, 0],
    ]) {
      const names = influences[0] === 0 ? { Smile: 0, Frown: 1 } : { Frown: 0, Other: 1 };
      root.add(Object.assign(new Group(), { morphTargetDictionary: names, morphTargetInfluences: influences }));
    }
    const weights = () => root.children.map((child) => Reflect.get(child, 'morphTargetInfluences') as number[]);
    return { set: new MorphSet(root), weights };
  }

  it('are set in every mesh that has them, and restored to the values of the file', () => {
    const { set, weights } = face();
    expect(set.names).toEqual(['Smile', 'Frown', 'Other']);
    set.apply(new Map([['Frown', 1]]));
    expect(weights()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    set.apply(new Map([['Smile', 0.5]]));
    expect(weights()).toEqual([
      [0.5, 0.2],
      [0.1, 0],
    ]);
  });

  it('that are not set are left to the clips', () => {
    const { set, weights } = face();
    const [first] = weights();
    if (first) first[0] = 0.9;
    set.apply(new Map());
    expect(weights()[0]?.[0]).toBe(0.9);
  });

  it('of a clip are numbers as well', () => {
    const track = new NumberKeyframeTrack('Face.morphTargetInfluences[Smile]', [0, 1], [0, 1]);
    const fitted = retargetClip(new AnimationClip('smile', 1, [track]), skeleton('Face'));
    expect(fitted?.tracks[0]?.name).toBe('Face.morphTargetInfluences[Smile]');
  });
});
