import { describe, expect, test } from 'vitest';
import { describeFinished, summarizeTransfers } from '../../../../renderer/stores/transfer-rules.ts';
import { transferView } from '../../../support/views.ts';

const failure = { code: 'bundle_invalid', title: 'The server refused the bundle', detail: '' };

describe('the one line of the tray', () => {
  const transfers = [
    transferView({ doneBytes: 400, bytesPerSecond: 50 }),
    transferView({ state: 'done', doneBytes: 1000 }),
    transferView({ state: 'refused', totalBytes: 9000, failure }),
    transferView({ state: 'cancelled', totalBytes: 9000, failure }),
    transferView({ kind: 'download', state: 'done', doneBytes: 1000 }),
  ];
  const summary = summarizeTransfers(transfers);

  test('counts uploads and downloads apart, without the cancelled', () => {
    expect(summary.headline).toBe('Uploads 1 of 3, Downloads 1 of 1');
  });

  test('adds the bytes of what is or will be there', () => {
    expect([summary.doneBytes, summary.totalBytes, summary.bytesPerSecond]).toEqual([2400, 3000, 50]);
  });

  test('shows the latest problem, and whether anything moves', () => {
    expect(summary.problem).toBe(transfers[2]);
    expect(summary.isMoving).toBe(true);
    expect(summarizeTransfers([]).isMoving).toBe(false);
  });
});

describe('what screen readers are told', () => {
  const sending = transferView({ avatarName: 'Mara', fileName: 'mara.gab' });

  test('an upload that is done, and whether it is live', () => {
    expect(describeFinished([sending], [{ ...sending, state: 'done', activation: 'activated' }])).toBe(
      'Mara is on the server and live',
    );
  });

  test('a refusal with its reason', () => {
    expect(describeFinished([sending], [{ ...sending, state: 'refused', failure }])).toBe(
      'mara.gab refused: The server refused the bundle',
    );
  });

  test('nothing while it moves, and nothing twice', () => {
    const done = { ...sending, state: 'done' } as const;
    expect(describeFinished([sending], [{ ...sending, doneBytes: 500 }])).toBe('');
    expect(describeFinished([done], [done])).toBe('');
  });
});
