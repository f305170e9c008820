import { describe, expect, test } from 'vitest';
import { avatarState, avatarStateLabel, percentDone, transferState } from '../../../../renderer/stores/item-state.ts';
import { avatarView, transferView, versionView } from '../../../support/views.ts';

describe('the state of a card', () => {
  test.each([
    ['Live', [versionView({ version: 2, isActive: true }), versionView()]],
    ['Live is v1', [versionView({ version: 2 }), versionView({ version: 1, isActive: true })]],
    ['On the server', [versionView()]],
    ['Cannot go live', [versionView({ activatable: false })]],
  ])('%s', (word, versions) => {
    expect(avatarState(avatarView({ versions })).label).toBe(word);
  });
});

describe('something that waits for the server', () => {
  const live = versionView({ version: 2, isActive: true });

  test('is said in place of where it is stored', () => {
    expect(avatarState(avatarView({ waiting: ['edit'] }))).toEqual({ tone: 'waiting', label: 'Waiting' });
    expect(avatarStateLabel(avatarView({ waiting: ['edit'] }))).toBe('waiting');
  });

  test('is said beside what is live', () => {
    const avatar = avatarView({ versions: [live], waiting: ['activate'] });
    expect(avatarState(avatar).label).toBe('Live');
    expect(avatarStateLabel(avatar)).toBe('live, waiting');
    expect(avatarStateLabel({ ...avatar, waiting: [] })).toBe('live');
  });
});

describe('the state of a transfer', () => {
  test('says what the server has, rounded down', () => {
    expect(transferState(transferView({ totalBytes: 1000, doneBytes: 429 })).label).toBe('Sending 42 %');
  });

  test('"on the server" is said only when it is done', () => {
    expect(transferState(transferView({ doneBytes: 1000 })).label).toBe('Sending 100 %');
    expect(transferState(transferView({ state: 'checking', doneBytes: 1000 })).label).toBe('Checking');
    expect(transferState(transferView({ state: 'done' })).label).toBe('On the server');
    expect(transferState(transferView({ state: 'done', kind: 'download' })).label).toBe('Saved');
  });

  test('a percentage never leaves 0 to 100', () => {
    expect(percentDone({ doneBytes: 0, totalBytes: 0 })).toBe(0);
    expect(percentDone({ doneBytes: 12, totalBytes: 10 })).toBe(100);
    expect(percentDone({ doneBytes: 999_999, totalBytes: 1_000_000 })).toBe(99);
  });
});
