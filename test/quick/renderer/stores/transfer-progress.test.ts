import { describe, expect, test } from 'vitest';
import { transferState } from '../../../../renderer/stores/item-state.ts';
import { describeSaving, describeSent, waitReason } from '../../../../renderer/stores/transfer-progress.ts';
import { isOnTheWay, summarizeTransfers } from '../../../../renderer/stores/transfer-rules.ts';
import { transferView } from '../../../support/views.ts';

const big = { totalBytes: 48_000_000 };

describe('what an upload had to send', () => {
  test('while it travels', () => {
    const transfer = transferView({ ...big, sentBytes: 1_400_000, streamBytes: 2_000_000 });
    expect(describeSent(transfer)).toBe('1.4 MB of 48.0 MB sent');
    expect(describeSaving(transfer)).toBe('only 2.0 MB to send');
  });

  test('nothing is said before the server has', () => {
    const transfer = transferView({ ...big, sentBytes: 0, streamBytes: null });
    expect([describeSent(transfer), describeSaving(transfer)]).toEqual([null, null]);
  });

  test.each([
    [1_400_000, '1.4 MB of 48.0 MB sent, 46.6 MB saved'],
    [48_000_000, '48.0 MB of 48.0 MB sent'],
    [0, 'nothing to send, 48.0 MB saved'],
  ])('after the end, %i bytes', (sentBytes, words) => {
    expect(describeSent(transferView({ ...big, state: 'done', sentBytes, streamBytes: sentBytes }))).toBe(words);
  });

  test('a download sends nothing', () => {
    expect(describeSent(transferView({ ...big, kind: 'download', state: 'done' }))).toBeNull();
  });
});

describe('what does not move', () => {
  const failure = { code: 'offline', title: 'Gabinet is offline', detail: '' };
  const offline = transferView({ state: 'failed', waitsFor: 'network', failure });

  test('says what it waits for', () => {
    expect(waitReason({ waitsFor: 'sign-in' })).toBe('waits for your sign-in');
    expect(waitReason({ waitsFor: null })).toBeNull();
  });

  test('without a server an upload waits: it has not failed', () => {
    expect(transferState(offline)).toEqual({ tone: 'waiting', label: 'Waiting' });
    expect(isOnTheWay(offline)).toBe(true);
    expect(summarizeTransfers([offline])).toMatchObject({ problem: null, waitsFor: 'network' });
  });

  test('a failure of its own is one', () => {
    const failed = transferView({ state: 'failed', failure });
    expect(transferState(failed).label).toBe('Failed');
    expect(summarizeTransfers([failed]).problem).toBe(failed);
  });

  test('the line says what all wait for, unless something moves or is only next', () => {
    const need = (...waitsFor: ('network' | 'turn' | null)[]) =>
      summarizeTransfers(waitsFor.map((word) => transferView({ state: 'waiting', waitsFor: word }))).waitsFor;
    expect(need('network', 'network')).toBe('network');
    expect(need('network', null)).toBeNull();
    expect(need('turn')).toBeNull();
  });
});
