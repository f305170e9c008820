import { z } from 'zod';
import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, contractFailure } from '../../node/api-client/api-failure.ts';
import { readJson } from '../../node/api-client/read-body.ts';
import {
  type Change,
  changeSchema,
  changesResponseSchema,
  listChanges,
  MAX_CHANGE_ROWS,
} from '../../shared/api/changes.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { FeedPosition } from '../db/customers-repository.ts';

/** A page of the feed. Its changes are validated later, slice by slice. */
export interface FeedPage {
  readonly changes: readonly unknown[];
  readonly cursor: number;
  /** The history of the server that all numbers belong to. */
  readonly feedId: string;
  readonly hasMore: boolean;
  /** Sent with the request for the next page. */
  readonly floor: number;
}

export interface PageQuery {
  readonly since: number;
  readonly feed_id: string;
  readonly floor: number;
  /** Set by admins only. */
  readonly customer_uuid?: string;
}

/**
 * A part of a page that is stored at once. The feed is in numerical order, so a slice is complete
 * up to its cursor.
 */
export interface FeedSlice {
  readonly changes: readonly Change[];
  readonly position: FeedPosition;
}

/** A full page is a megabyte. A slow mobile connection needs this long for it. */
const PAGE_TIMEOUT_MS = 60 * SECOND_MS;
/**
 * How many changes are stored before the main thread does anything else. This takes some 4 ms of
 * the 8 ms that a frame can spare (docs/performance.md). Larger slices are hardly faster.
 */
export const SLICE_CHANGES = 100;

/** Everything but the changes themselves, which take most of the time to validate. */
const envelopeSchema = changesResponseSchema.extend({ changes: z.array(z.unknown()).max(MAX_CHANGE_ROWS) });
const sliceSchema = z.array(changeSchema);

export async function fetchPage(
  api: ApiClient,
  query: PageQuery,
  signal: AbortSignal,
): Promise<Result<FeedPage, ApiFailure>> {
  const searchParams = { limit: MAX_CHANGE_ROWS, ...query };
  const response = await api.request({
    route: listChanges,
    options: { searchParams },
    signal,
    timeoutMs: PAGE_TIMEOUT_MS,
  });
  if (!response.ok) return response;
  try {
    const envelope = envelopeSchema.safeParse(await readJson(response.value));
    if (!envelope.success) return fail(notUnderstood(api));
    const { has_more: hasMore, feed_id: feedId, ...page } = envelope.data;
    return ok({ ...page, hasMore, feedId });
  } catch (error) {
    return fail(api.failureOf(error, signal));
  }
}

export function notUnderstood({ serverUrl }: ApiClient): ApiFailure {
  return contractFailure(serverUrl, listChanges.successStatus);
}

/**
 * Cuts a page into slices, each validated when it is requested. Yields null for a slice that breaks
 * the API's contract.
 */
export function* slicePage({ changes, cursor, feedId }: FeedPage): Generator<FeedSlice | null> {
  let previousSeq = 0;
  for (let start = 0; start < changes.length; start += SLICE_CHANGES) {
    const isLast = start + SLICE_CHANGES >= changes.length;
    const slice = sliceSchema.safeParse(changes.slice(start, start + SLICE_CHANGES));
    if (!slice.success || !isInOrder(slice.data, previousSeq)) {
      yield null;
      return;
    }
    previousSeq = slice.data.at(-1)?.seq ?? previousSeq;
    yield { changes: slice.data, position: { cursor: isLast ? cursor : previousSeq, feedId } };
  }
  if (changes.length === 0) yield { changes: [], position: { cursor, feedId } };
}

function isInOrder(changes: readonly Change[], after: number): boolean {
  let previousSeq = after;
  for (const { seq } of changes) {
    if (seq <= previousSeq) return false;
    previousSeq = seq;
  }
  return true;
}
