import { describe, expect, test } from 'vitest';
import { transferState } from '../../../../renderer/stores/library/item-state.ts';
import {
  describeSaving,
  describeSent,
  describeTimeLeft,
  waitReason,
} from '../../../../renderer/stores/transfers/transfer-progress.ts';
import { summarizeTransfers } from '../../../../renderer/stores/transfers/transfer-rules.ts';
import { isOnTheWay } from '../../../../shared/contract/transfer-progress.ts';
import { transferView } from '../../../support/views.ts';

const big = { totalBytes: 48_000_000 };

describe('how much an upload had to send', () => {
  test('is shown while it is under way', () => {
    const transfer = transferView({ ...big, sentBytes: 1_400_000, streamBytes: 2_000_000 });
    expect(describeSent(transfer)).toBe('1.4 MB of 48.0 MB uploaded');
    expect(describeSaving(transfer)).toBe('only 2.0 MB to upload');
  });

  test('is not shown before the server has said what it lacks', () => {
    const transfer = transferView({ ...big, sentBytes: 0, streamBytes: null });
    expect([describeSent(transfer), describeSaving(transfer)]).toEqual([null, null]);
  });

  test.each([
    [1_400_000, '1.4 MB of 48.0 MB uploaded, 46.6 MB already on the server'],
    [48_000_000, '48.0 MB of 48.0 MB uploaded'],
    [0, 'already on the server, nothing uploaded'],
  ])('is shown after the end: %i bytes sent', (sentBytes, text) => {
    expect(describeSent(transferView({ ...big, state: 'done', sentBytes, streamBytes: sentBytes }))).toBe(text);
  });

  test('is not shown for a download', () => {
    expect(describeSent(transferView({ ...big, kind: 'download', state: 'done' }))).toBeNull();
  });
});

describe('the time that is left', () => {
  test.each([
    [12, '12 s left'],
    [59.2, '60 s left'],
    [61, '2 min left'],
    [7300, '3 h left'],
  ])('%d seconds are shown as "%s"', (seconds, text) => {
    const bytesPerSecond = 1000;
    expect(describeTimeLeft({ doneBytes: 500, totalBytes: 500 + seconds * bytesPerSecond, bytesPerSecond })).toBe(text);
  });

  test('is not known while nothing moves', () => {
    expect(describeTimeLeft({ doneBytes: 0, totalBytes: 1000, bytesPerSecond: 0 })).toBeNull();
  });
});

describe('a transfer that waits', () => {
  const failure = { code: 'offline', serverUrl: 'https://gabinet.example.com', status: null } as const;
  const offline = transferView({ state: 'failed', waitsFor: 'network', failure });

  test('says what it waits for', () => {
    expect(waitReason({ waitsFor: 'sign-in' })).toBe('Sign in to continue');
    expect(waitReason({ waitsFor: null })).toBeNull();
  });

  test('waits, and has not failed, while there is no connection', () => {
    expect(transferState(offline)).toEqual({ tone: 'waiting', label: 'Waiting' });
    expect(isOnTheWay(offline)).toBe(true);
    expect(summarizeTransfers([offline])).toMatchObject({ problem: null, waitsFor: 'network' });
  });

  test('a failure that has nothing to do with the connection is shown as failed', () => {
    const failed = transferView({ state: 'failed', failure });
    expect(transferState(failed).label).toBe('Failed');
    expect(summarizeTransfers([failed]).problem).toBe(failed);
  });

  test('the summary has the common reason, unless something is under way or only queued', () => {
    const commonReason = (...waitsFor: ('network' | 'turn' | null)[]) =>
      summarizeTransfers(waitsFor.map((reason) => transferView({ state: 'waiting', waitsFor: reason }))).waitsFor;
    expect(commonReason('network', 'network')).toBe('network');
    expect(commonReason('network', null)).toBeNull();
    expect(commonReason('turn')).toBeNull();
  });
});
