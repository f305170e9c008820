import { describe, expect, test } from 'vitest';
import { badgeCount, taskbarProgress } from '../../../../main/app/activity/taskbar-rules.ts';
import { summarizeTransfers } from '../../../../renderer/stores/transfers/transfer-rules.ts';
import type { TransferView } from '../../../../shared/contract/transfers.ts';
import { operationView, transferView } from '../../../support/views.ts';

const refused = (change: Partial<TransferView> = {}) =>
  transferView({ state: 'refused', failure: { code: 'disk_full' }, ...change });
const sending = (doneBytes: number, change: Partial<TransferView> = {}) =>
  transferView({ state: 'sending', totalBytes: 1000, doneBytes, ...change });
const on = (transfers: readonly TransferView[]) => taskbarProgress(transfers, 'win32');

describe('progress on dock and taskbar', () => {
  test('is the share that the line above the transfers shows', () => {
    const transfers = [
      sending(250),
      transferView({ state: 'done', totalBytes: 500, doneBytes: 500 }),
      transferView({ state: 'cancelled', totalBytes: 9000, doneBytes: 100 }),
      refused({ totalBytes: 9000, doneBytes: 9000, createdAt: '2020-01-01T00:00:00.000Z' }),
      transferView({ state: 'paused', totalBytes: 500, doneBytes: 250 }),
    ];
    const { doneBytes, totalBytes } = summarizeTransfers(transfers);
    expect(on(transfers)).toEqual({ value: doneBytes / totalBytes, mode: 'normal' });
    expect(doneBytes / totalBytes).toBe(0.5);
  });

  test('moves in steps of one percent', () => {
    expect([0, 9, 10, 19, 999, 1000].map((bytes) => on([sending(bytes)]).value)).toEqual([0, 0, 0.01, 0.01, 0.99, 1]);
  });

  test('is removed when nothing is on its way, whether done or refused', () => {
    const none = { value: -1, mode: 'none' };
    expect(on([])).toEqual(none);
    expect(on([transferView({ state: 'done' }), refused(), transferView({ state: 'cancelled' })])).toEqual(none);
  });

  test('is paused while everything is paused or waits for the server or a sign-in', () => {
    const paused = transferView({ state: 'paused', totalBytes: 1000, doneBytes: 500 });
    const offline = transferView({
      state: 'failed',
      waitsFor: 'network',
      failure: { code: 'disk_full' },
      totalBytes: 1000,
      doneBytes: 0,
    });
    expect(on([paused])).toEqual({ value: 0.5, mode: 'paused' });
    expect(on([paused, offline])).toEqual({ value: 0.25, mode: 'paused' });
    expect(on([paused, sending(500)])).toEqual({ value: 0.5, mode: 'normal' });
  });

  test('shows an error if one of these transfers stopped, not for one of an earlier day', () => {
    const createdAt = '2026-11-02T10:00:00.000Z';
    expect(on([sending(500, { createdAt }), refused({ createdAt })])).toEqual({ value: 0.5, mode: 'error' });
    expect(on([sending(500, { createdAt }), refused({ createdAt: '2026-11-01T10:00:00.000Z' })])).toEqual({
      value: 0.5,
      mode: 'normal',
    });
  });

  test('is indeterminate while the server checks what it has, except on Linux, which does not know that', () => {
    const checking = transferView({ state: 'checking', totalBytes: 1000, doneBytes: 1000 });
    expect(on([checking])).toEqual({ value: 2, mode: 'indeterminate' });
    expect(taskbarProgress([checking], 'linux')).toEqual({ value: 1, mode: 'normal' });
    expect(on([checking, sending(0)])).toEqual({ value: 0.5, mode: 'normal' });
  });
});

test('the badge counts stopped transfers and parked operations', () => {
  const transfers = [sending(1), refused(), refused({ state: 'failed' }), transferView({ state: 'done' })];
  const operations = (['waiting', 'sending', 'refused', 'conflict'] as const).map((state) => operationView({ state }));
  expect(badgeCount(transfers, operations)).toBe(4);
  expect(badgeCount([], [])).toBe(0);
});
