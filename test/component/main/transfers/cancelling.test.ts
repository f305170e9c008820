import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LocalDatabase } from '../../../../main/db/local-database.ts';
import { TransferQueue } from '../../../../main/transfers/transfer-queue.ts';
import type { RunTransfer } from '../../../../main/transfers/transfer-run.ts';
import type { UploadFate } from '../../../../node/api-client/upload-receipts.ts';
import type { Failure } from '../../../../shared/contract/failure.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { silentLog } from '../../../support/silent-log.ts';

const TOTAL_BYTES = 1000;
const UPLOAD = {
  id: 'upload',
  kind: 'upload' as const,
  state: 'waiting' as const,
  projectUuid: '11111111-1111-4111-8111-111111111111',
  fileName: 'mara.gab',
  avatarName: 'Mara',
  totalBytes: TOTAL_BYTES,
  sha256: 'a'.repeat(64),
  createdAt: '2026-01-01T00:00:00.000Z',
};

const OFFLINE: Failure = { code: 'offline', serverUrl: 'http://127.0.0.1:9', status: null };

/** A queue with one upload whose first attempt loses its connection after so many bytes. */
class Desk {
  readonly forgotten: string[] = [];
  readonly database: LocalDatabase;
  readonly queue: TransferQueue;
  fate: UploadFate = 'unknown';
  /** What the library had stored when the server began to check the file. */
  storedBytes: number | undefined;
  #attempts = 0;

  constructor(database: LocalDatabase, sentBytes: number) {
    this.database = database;
    const run: RunTransfer = async (row, attempt) => {
      this.#attempts += 1;
      if (this.#attempts > 1) return this.#store(row.id);
      attempt.enter('sending');
      attempt.progress(sentBytes);
      attempt.traveled(sentBytes, TOTAL_BYTES);
      if (sentBytes === TOTAL_BYTES) attempt.enter('checking');
      this.storedBytes = database.read.transfers.find(row.id)?.doneBytes;
      return { kind: 'failed', because: 'network', failure: OFFLINE };
    };
    this.queue = new TransferQueue({
      database,
      log: silentLog,
      runUpload: run,
      runDownload: run,
      fateOf: async () => this.fate,
      forget: async ({ id }) => void this.forgotten.push(id),
      onChange: () => undefined,
    });
    this.queue.add([UPLOAD]);
    this.queue.start();
  }

  get shown() {
    const [transfer] = this.queue.list();
    return { state: transfer?.state, failure: transfer?.failure?.code ?? null };
  }

  #store(id: string): { readonly kind: 'stored' } {
    this.database.tryWrite((writers) => writers.transfers.update(id, { state: 'done' }));
    return { kind: 'stored' };
  }
}

async function failedUpload({ sentBytes }: { readonly sentBytes: number }): Promise<Desk> {
  const desk = new Desk(await tempDatabase(), sentBytes);
  onTestFinished(() => desk.queue.stop());
  await vi.waitFor(() => expect(desk.shown.state).toBe('failed'));
  return desk;
}

const UNCONFIRMED = { state: 'paused', failure: 'cancel_unconfirmed' };

describe('cancelling an upload whose connection broke after its last byte', () => {
  it('completes the upload if the server has it', async () => {
    const desk = await failedUpload({ sentBytes: TOTAL_BYTES });
    desk.fate = 'with-server';
    desk.queue.cancel('upload');
    await vi.waitFor(() => expect(desk.shown.state).toBe('done'));
    expect(desk.forgotten).toEqual([]);
  });

  it('cancels it if the server does not have it', async () => {
    const desk = await failedUpload({ sentBytes: TOTAL_BYTES });
    desk.fate = 'unfinished';
    desk.queue.cancel('upload');
    await vi.waitFor(() => expect(desk.shown).toEqual({ state: 'cancelled', failure: null }));
    expect(desk.forgotten).toEqual(['upload']);
  });

  it.each([
    { fate: 'with-server', end: 'done' },
    { fate: 'unfinished', end: 'cancelled' },
  ] as const)(
    'is not called cancelled before the server can be asked; it is $end if it is $fate',
    async ({ fate, end }) => {
      const desk = await failedUpload({ sentBytes: TOTAL_BYTES });
      desk.queue.cancel('upload');
      expect(desk.shown).toEqual(UNCONFIRMED);
      desk.queue.retryFailed();
      expect(desk.shown).toEqual(UNCONFIRMED);
      desk.fate = fate;
      await vi.waitFor(() => {
        desk.queue.retryFailed();
        expect(desk.shown.state).toBe(end);
      });
    },
  );

  it('is continued by “Resume”, but not by “Resume all”', async () => {
    const desk = await failedUpload({ sentBytes: TOTAL_BYTES });
    desk.queue.cancel('upload');
    desk.queue.resumeAll();
    expect(desk.shown).toEqual(UNCONFIRMED);
    desk.queue.retryFailed();
    desk.queue.resume('upload');
    await vi.waitFor(() => expect(desk.shown.state).toBe('done'));
  });

  it('is known after a restart, because the progress is stored before the server checks it', async () => {
    const desk = await failedUpload({ sentBytes: TOTAL_BYTES });
    expect(desk.storedBytes).toBe(TOTAL_BYTES);
  });
});

it('cancelling an upload that still had bytes to send needs no server', async () => {
  const desk = await failedUpload({ sentBytes: TOTAL_BYTES - 1 });
  desk.queue.cancel('upload');
  expect(desk.shown).toEqual({ state: 'cancelled', failure: null });
  await vi.waitFor(() => expect(desk.forgotten).toEqual(['upload']));
});
