import { describe, expect, it } from 'vitest';
import { requestedDelayMs, retryDelayMs } from '../../../../main/timing/retry-delay.ts';
import {
  canCancel,
  canPause,
  canRetry,
  needOf,
  pickNext,
  pickUnfitting,
  type QueuedTransfer,
  stateAfterFailure,
  stateAfterRestart,
} from '../../../../main/transfers/transfer-rules.ts';
import type { FailureCode } from '../../../../shared/contract/failure.ts';
import { transferStates } from '../../../../shared/contract/transfers.ts';
import { asAvatarUuid } from '../../../support/uuids.ts';

const upload = (id: string, more: Partial<QueuedTransfer> = {}): QueuedTransfer => ({
  id,
  kind: 'upload',
  state: 'waiting',
  avatarUuid: null,
  followsId: null,
  ...more,
});

describe('pickNext', () => {
  it('starts as many as the limit allows, oldest first', () => {
    const open = [upload('a', { state: 'sending' }), upload('b'), upload('c'), upload('d')];
    expect(pickNext(open, 3)).toEqual(['b', 'c']);
  });

  it('sends versions of one avatar one after the other', () => {
    const open = [
      upload('a', { avatarUuid: asAvatarUuid('mara') }),
      upload('b', { avatarUuid: asAvatarUuid('mara') }),
      upload('c'),
    ];
    expect(pickNext(open, 3)).toEqual(['a', 'c']);
  });

  it('holds versions back while an earlier one failed and will be retried', () => {
    const open = [
      upload('a', { avatarUuid: asAvatarUuid('mara'), state: 'failed' }),
      upload('b', { avatarUuid: asAvatarUuid('mara') }),
    ];
    expect(pickNext(open, 3)).toEqual([]);
  });

  it('holds back only later versions of the same avatar while one is paused', () => {
    const open = [
      upload('a', { avatarUuid: asAvatarUuid('mara'), state: 'paused' }),
      upload('b', { avatarUuid: asAvatarUuid('mara') }),
      upload('c'),
      upload('d', { state: 'paused' }),
      upload('e', { followsId: 'd' }),
      upload('f'),
      upload('g'),
    ];
    expect(pickNext(open, 3)).toEqual(['c', 'f', 'g']);
  });

  it('holds a follower back until its new avatar exists', () => {
    const open = [upload('a'), upload('b', { followsId: 'a' }), upload('c', { followsId: 'a' })];
    expect(pickNext(open, 3)).toEqual(['a']);
    expect(pickNext(open.slice(1), 3)).toEqual(['b']);
  });

  it('allows downloading the same version twice at once', () => {
    const download = { kind: 'download', avatarUuid: null } as const;
    expect(pickNext([upload('a', download), upload('b', download)], 3)).toEqual(['a', 'b']);
  });
});

describe('pickUnfitting', () => {
  const refused = (id: string, projectUuid: string, code: FailureCode | null = 'quota_exceeded') => ({
    id,
    projectUuid,
    failure: code && { code },
  });

  it('returns the oldest upload of each project that did not fit a quota', () => {
    const rows = [
      refused('a', 'desk', 'bundle_invalid'),
      refused('b', 'desk'),
      refused('c', 'kiosk'),
      refused('d', 'desk'),
    ];
    expect(pickUnfitting(rows)).toEqual(['b', 'c']);
  });

  it('returns none that was refused for another reason', () => {
    expect(pickUnfitting([refused('a', 'desk', 'storage_full'), refused('b', 'desk', null)])).toEqual([]);
  });
});

describe('the states of a transfer', () => {
  it('continue after a restart if they were cut off', () => {
    const after = Object.fromEntries(transferStates.map((state) => [state, stateAfterRestart(state)]));
    expect(after).toEqual({
      waiting: 'waiting',
      sending: 'waiting',
      receiving: 'waiting',
      checking: 'waiting',
      paused: 'paused',
      failed: 'waiting',
      done: 'done',
      refused: 'refused',
      cancelled: 'cancelled',
    });
  });

  it('lead to an automatic retry only if it may succeed', () => {
    expect(stateAfterFailure('network')).toBe('failed');
    expect(stateAfterFailure('unavailable')).toBe('failed');
    expect(stateAfterFailure('contract')).toBe('failed');
    expect(stateAfterFailure('refused')).toBe('refused');
    expect(stateAfterFailure('unauthenticated')).toBe('waiting');
    expect(stateAfterFailure('cancelled')).toBe('waiting');
  });

  it('allow only the commands that make sense', () => {
    expect(transferStates.filter(canRetry)).toEqual(['failed', 'refused', 'cancelled']);
    expect(transferStates.filter(canPause)).toEqual(['waiting', 'sending', 'receiving', 'failed']);
    expect(transferStates.filter(canCancel)).toEqual(['waiting', 'sending', 'receiving', 'paused', 'failed']);
  });
});

describe('needOf', () => {
  const free = { isSignedOut: false, isOffline: false };

  it('returns what a waiting transfer waits for', () => {
    expect(needOf('waiting', null, free)).toBe('turn');
    expect(needOf('waiting', null, { ...free, isOffline: true })).toBe('network');
    expect(needOf('waiting', null, { isSignedOut: true, isOffline: true })).toBe('sign-in');
  });

  it('returns the network for a transfer that was cut off, while offline', () => {
    expect(needOf('failed', 'offline', { ...free, isOffline: true })).toBe('network');
    expect(needOf('failed', 'offline', free)).toBeNull();
    expect(needOf('failed', 'storage_full', { ...free, isOffline: true })).toBeNull();
  });

  it('returns null for running, paused and ended transfers', () => {
    const others = transferStates.filter((state) => state !== 'waiting' && state !== 'failed');
    for (const state of others) expect(needOf(state, 'offline', { isSignedOut: true, isOffline: true })).toBeNull();
  });
});

describe('requestedDelayMs', () => {
  it('follows the server up to a minute', () => {
    expect(requestedDelayMs(5000)).toBe(5000);
    expect(requestedDelayMs(3_600_000)).toBe(60_000);
    expect(requestedDelayMs(-1)).toBe(0);
  });
});

describe('retryDelayMs', () => {
  it('doubles up to a minute, half of it random', () => {
    expect(retryDelayMs(1, () => 1)).toBe(2000);
    expect(retryDelayMs(1, () => 0)).toBe(1000);
    expect(retryDelayMs(3, () => 1)).toBe(8000);
    expect(retryDelayMs(50, () => 1)).toBe(60_000);
  });
});
