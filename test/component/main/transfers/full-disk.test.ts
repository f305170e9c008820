import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransferQueue } from '../../../../main/transfers/transfer-queue.ts';
import { RESULT_NOT_SAVED, type RunTransfer } from '../../../../main/transfers/transfer-run.ts';
import type { Failure } from '../../../../shared/contract/failure.ts';
import { type FillingDisk, fillingDisk } from '../../../support/filling-disk.ts';

const PROJECT = '11111111-1111-4111-8111-111111111111';
const UPLOAD = {
  id: 'upload',
  kind: 'upload' as const,
  state: 'waiting' as const,
  projectUuid: PROJECT,
  fileName: 'mara.gab',
  avatarName: 'Mara',
  totalBytes: 1000,
  sha256: 'a'.repeat(64),
  createdAt: '2026-01-01T00:00:00.000Z',
};

const stored = ({ database }: FillingDisk) => database.read.transfers.find('upload')?.state;

const warned: string[] = [];

function queueOn(disk: FillingDisk, runUpload: RunTransfer): TransferQueue {
  return new TransferQueue({
    database: disk.database,
    log: { info: () => undefined, warn: (message) => warned.push(message), error: (message) => warned.push(message) },
    runUpload,
    runDownload: runUpload,
    fateOf: async () => 'unfinished',
    forget: async () => undefined,
    onChange: () => undefined,
  });
}

const shown = (queue: TransferQueue) => queue.list()[0]?.state;
const refused: Failure = { code: 'bundle_invalid', detail: "It isn't a bundle." };

beforeEach(() => {
  warned.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the queue on a full disk', () => {
  it('shows the result of an upload, and stores it when there is space', async () => {
    const disk = await fillingDisk();
    const queue = queueOn(disk, async () => {
      disk.isFull = true;
      return { kind: 'failed', because: 'refused', failure: refused };
    });
    queue.add([UPLOAD]);
    queue.start();
    await vi.waitFor(() => expect(shown(queue)).toBe('refused'));
    expect(stored(disk)).toBe('sending');
    expect(warned).not.toEqual([]);
    disk.isFull = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(stored(disk)).toBe('refused');
    await queue.stop();
  });

  it('retries an upload whose result could not be stored', async () => {
    const disk = await fillingDisk();
    let attempts = 0;
    const queue = queueOn(disk, async () => {
      attempts += 1;
      if (attempts > 1) return { kind: 'failed', because: 'refused', failure: refused };
      disk.isFull = true;
      const written = disk.database.tryWrite(() => undefined);
      return written.ok ? { kind: 'stored' } : RESULT_NOT_SAVED;
    });
    queue.add([UPLOAD]);
    queue.start();
    await vi.waitFor(() =>
      expect(queue.list()[0]).toMatchObject({ state: 'failed', failure: { code: 'result_not_saved' } }),
    );
    disk.isFull = false;
    await vi.advanceTimersByTimeAsync(5000);
    await vi.waitFor(() => expect(stored(disk)).toBe('refused'));
    expect(attempts).toBe(2);
    await queue.stop();
  });

  it('carries out what a person does, and stores it later', async () => {
    const disk = await fillingDisk();
    const queue = queueOn(disk, async () => ({ kind: 'failed', because: 'network', failure: refused }));
    queue.add([UPLOAD]);
    queue.start();
    await vi.waitFor(() => expect(shown(queue)).toBe('failed'));
    disk.isFull = true;
    queue.pause('upload');
    expect(shown(queue)).toBe('paused');
    disk.isFull = false;
    await queue.stop();
    expect(stored(disk)).toBe('paused');
  });
});
