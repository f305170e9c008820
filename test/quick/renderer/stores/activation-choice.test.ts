import { describe, expect, test } from 'vitest';
import { activatedFile, movedActivation } from '../../../../renderer/stores/activation/activation-choice.ts';
import type { UploadChoice } from '../../../../shared/contract/transfers.ts';

const file = (stageId: string, choice: UploadChoice = {}, activatable = true) => ({
  file: { stageId, activatable },
  choice,
});

describe('the file that goes live after the upload', () => {
  test('is the last one that can, in a project where nothing is live; otherwise a person decides', () => {
    const files = [file('a'), file('b'), file('opaque', {}, false)];
    expect(activatedFile(files, { hasActive: false })?.file.stageId).toBe('b');
    expect(activatedFile(files, { hasActive: true })).toBeNull();
    expect(activatedFile([file('a', { activate: true }), file('b')], { hasActive: true })?.file.stageId).toBe('a');
    expect(activatedFile([file('a'), file('b', { activate: false })], { hasActive: false })).toBeNull();
  });

  test('is at most one: choosing another one moves the choice', () => {
    const files = [file('a', { activate: true }), file('b')];
    expect(movedActivation(files, { stageId: 'b', isOn: true })).toEqual([
      { stageId: 'a', activate: false },
      { stageId: 'b', activate: true },
    ]);
    expect(movedActivation([file('a')], { stageId: 'a', isOn: false })).toEqual([{ stageId: 'a', activate: false }]);
  });
});
