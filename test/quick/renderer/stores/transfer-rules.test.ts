import { describe, expect, test } from 'vitest';
import {
  describeFinished,
  describeSaved,
  savedAmong,
  summarizeTransfers,
} from '../../../../renderer/stores/transfers/transfer-rules.ts';
import { transferView } from '../../../support/views.ts';

const failure = { code: 'bundle_invalid', detail: 'It has findings.' } as const;

describe('the summary line of the tray', () => {
  const transfers = [
    transferView({ doneBytes: 400, bytesPerSecond: 50 }),
    transferView({ state: 'done', doneBytes: 1000 }),
    transferView({ state: 'refused', totalBytes: 9000, failure }),
    transferView({ state: 'cancelled', totalBytes: 9000, failure }),
    transferView({ kind: 'download', state: 'done', doneBytes: 1000 }),
  ];
  const summary = summarizeTransfers(transfers);

  test('counts uploads and downloads separately, without the canceled', () => {
    expect(summary.headline).toBe('Uploads 1 of 3, Downloads 1 of 1');
  });

  test('adds the bytes of transfers that are done or under way', () => {
    expect([summary.doneBytes, summary.totalBytes, summary.bytesPerSecond]).toEqual([2400, 3000, 50]);
  });

  test('has the latest problem, and whether anything is under way', () => {
    expect(summary.problem).toBe(transfers[2]);
    expect(summary.isMoving).toBe(true);
    expect(summarizeTransfers([]).isMoving).toBe(false);
  });
});

describe('the notice of finished downloads', () => {
  const saved = (id: string, savedPath: string | null) =>
    transferView({ id, kind: 'download', state: savedPath === null ? 'receiving' : 'done', savedPath });

  test('names the file and the folder it went to, on every system', () => {
    const of = (path: string) => describeSaved(savedAmong([saved('one', path)], new Set(['one'])));
    expect(of('/home/dana/Downloads/mara (2).gab')).toBe('Saved mara (2).gab to Downloads');
    expect(of('C:\\Users\\dana\\Downloads\\mara.gab')).toBe('Saved mara.gab to Downloads');
  });

  test('counts those that ended together, of those that are awaited', () => {
    const all = [
      saved('one', '/d/one.gab'),
      saved('two', '/d/two.gab'),
      saved('three', null),
      saved('old', '/d/old.gab'),
    ];
    expect(describeSaved(savedAmong(all, new Set(['one', 'two', 'three'])))).toBe('Saved 2 files to d');
  });
});

describe('announcements about transfers', () => {
  const sending = transferView({ avatarName: 'Mara', fileName: 'mara.gab' });

  test('a finished upload is announced, and whether it is live', () => {
    expect(describeFinished([sending], [{ ...sending, state: 'done', activation: 'activated' }])).toBe(
      'Mara is on the server and live',
    );
  });

  test('a refusal is announced with its reason', () => {
    expect(describeFinished([sending], [{ ...sending, state: 'refused', failure }])).toBe(
      'mara.gab refused: Bundle refused',
    );
  });

  test('progress is not announced, and nothing is announced twice', () => {
    const done = { ...sending, state: 'done' } as const;
    expect(describeFinished([sending], [{ ...sending, doneBytes: 500 }])).toBe('');
    expect(describeFinished([done], [done])).toBe('');
  });
});
