import { dirname } from 'node:path';
import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, toFailure } from '../../node/api-client/api-failure.ts';
import { downloadAvatar } from '../../node/api-client/download-avatar.ts';
import { removeFile } from '../../node/remove.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { VersionRow } from '../db/schema.ts';
import type { BundleCache } from '../files/bundle-cache.ts';
import { type FreeBytesAt, findLackOfSpace } from '../files/free-space.ts';

export interface FetchParts {
  readonly api: ApiClient;
  readonly cache: BundleCache;
  readonly freeBytes?: FreeBytesAt;
  onProgress(doneBytes: number): void;
}

/**
 * A person is watching a progress bar: a connection without data for this long is treated as dead.
 */
const STALLED_AFTER_MS = 20 * SECOND_MS;
/** A few steps per second are enough for a progress bar. */
const PROGRESS_INTERVAL_MS = 150;

/**
 * Downloads a version into the cache and returns its path. Fails if the file differs from the
 * uploaded one, and before anything is written if the disk has too little space for it.
 */
export async function fetchBundle(
  parts: FetchParts,
  row: VersionRow,
  signal: AbortSignal,
): Promise<Result<string, Failure>> {
  const { api, cache } = parts;
  const path = await cache.incomingPath();
  const lack = await findLackOfSpace({ folder: dirname(path), neededBytes: row.sizeBytes }, parts.freeBytes);
  if (lack !== null) return fail(lack);
  const stall = watchForStall(signal);
  const report = atIntervals((doneBytes) => parts.onProgress(doneBytes));
  try {
    const result = await downloadAvatar(api, {
      versionUuid: row.uuid,
      sizeBytes: row.sizeBytes,
      path,
      signal: stall.signal,
      onProgress: (doneBytes) => {
        stall.reset();
        report(doneBytes);
      },
    });
    if (!result.ok) return fail(failureFrom(result.failure, signal));
    const kept = await cache.keep(row, { path, ...result.value });
    return kept === null ? fail({ code: 'download_damaged' }) : ok(kept);
  } finally {
    stall.end();
    await removeFile(path);
  }
}

function failureFrom(failure: ApiFailure, signal: AbortSignal): Failure {
  const { kind } = failure;
  const isStalled = kind === 'cancelled' && !signal.aborted;
  // A certificate or a proxy has its own sentence.
  const isSilent = (kind === 'network' && failure.code === 'offline') || kind === 'unavailable' || isStalled;
  return isSilent ? { code: 'not_downloaded' } : toFailure(failure);
}

function watchForStall(signal: AbortSignal): { readonly signal: AbortSignal; reset(): void; end(): void } {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), STALLED_AFTER_MS);
  return {
    signal: AbortSignal.any([signal, stalled.signal]),
    reset: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}

function atIntervals(report: (doneBytes: number) => void): (doneBytes: number) => void {
  let reportedAtMs = Number.NEGATIVE_INFINITY;
  return (doneBytes) => {
    const nowMs = performance.now();
    if (nowMs - reportedAtMs < PROGRESS_INTERVAL_MS) return;
    reportedAtMs = nowMs;
    report(doneBytes);
  };
}
