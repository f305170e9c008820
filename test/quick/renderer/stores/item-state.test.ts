import { describe, expect, test } from 'vitest';
import {
  avatarState,
  avatarStateLabel,
  percentDone,
  transferState,
  versionState,
} from '../../../../renderer/stores/library/item-state.ts';
import { avatarView, transferView, versionView } from '../../../support/views.ts';

describe('the state of a card', () => {
  test.each([
    ['Live', [versionView({ version: 2, isActive: true }), versionView()]],
    ['v1 is live', [versionView({ version: 2 }), versionView({ version: 1, isActive: true })]],
    ['On the server', [versionView()]],
    ["Can't go live", [versionView({ activatable: false })]],
  ])('%s', (label, versions) => {
    expect(avatarState(avatarView({ versions })).label).toBe(label);
  });
});

describe('a pending change', () => {
  const live = versionView({ version: 2, isActive: true });

  test('replaces the storage state of an avatar', () => {
    expect(avatarState(avatarView({ waiting: ['edit'] }))).toEqual({ tone: 'waiting', label: 'Pending' });
    expect(avatarStateLabel(avatarView({ waiting: ['edit'] }))).toBe('pending');
  });

  test('of what is live: only what customers see is "Live", what was chosen is "Going live"', () => {
    const chosen = versionView({ isActive: true, isConfirmedActive: false });
    const served = versionView({ isActive: false, isConfirmedActive: true });
    expect(avatarState(avatarView({ versions: [chosen], waiting: ['activate'] }))).toEqual({
      tone: 'waiting',
      label: 'Going live',
    });
    expect(avatarStateLabel(avatarView({ versions: [chosen], waiting: ['activate'] }))).toBe('going live');
    expect(avatarStateLabel(avatarView({ versions: [served] }))).toBe('live');
    expect(avatarStateLabel(avatarView({ versions: [chosen, served], waiting: ['activate'] }))).toBe(
      'v1 is live, pending',
    );
    expect(versionState(chosen).label).toBe('Going live');
  });

  test('is shown next to "Live"', () => {
    const avatar = avatarView({ versions: [live], waiting: ['activate'] });
    expect(avatarState(avatar).label).toBe('Live');
    expect(avatarStateLabel(avatar)).toBe('live, pending');
    expect(avatarStateLabel({ ...avatar, waiting: [] })).toBe('live');
  });
});

describe('the state of a transfer', () => {
  test('has the percentage that the server has received, rounded down', () => {
    expect(transferState(transferView({ totalBytes: 1000, doneBytes: 429 })).label).toBe('Sending 42%');
  });

  test('is "On the server" only when the upload is done', () => {
    expect(transferState(transferView({ doneBytes: 1000 })).label).toBe('Sending 100%');
    expect(transferState(transferView({ state: 'checking', doneBytes: 1000 })).label).toBe('Checking');
    expect(transferState(transferView({ state: 'done' })).label).toBe('On the server');
    expect(transferState(transferView({ state: 'done', kind: 'download' })).label).toBe('Saved');
  });

  test('percentages stay between 0 and 100', () => {
    expect(percentDone({ doneBytes: 0, totalBytes: 0 })).toBe(0);
    expect(percentDone({ doneBytes: 12, totalBytes: 10 })).toBe(100);
    expect(percentDone({ doneBytes: 999_999, totalBytes: 1_000_000 })).toBe(99);
  });
});
