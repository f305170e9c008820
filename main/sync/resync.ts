import { unavailableFailure } from '../../node/api-client/api-failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import { applyChanges } from './apply-changes.ts';
import { diskFailure, type FeedContext, type PullFailure, readFeed } from './read-feed.ts';

export interface ResyncContext extends FeedContext {
  readonly database: LocalDatabase;
  /** After each commit that changed something. An empty list: everything may have changed. */
  onCommit(projectUuids: readonly string[]): void;
}

/** A feed that keeps expiring while it is read is left to the next pull. */
const MAX_ATTEMPTS = 3;

/**
 * Reads a customer's whole feed from scratch into a second set of rows, which replaces the first in
 * one transaction. Until then the library shows its old state. If reading fails, the library is
 * unchanged and the next pull starts again.
 */
export async function resync(context: ResyncContext, customerUuid: string): Promise<Result<null, PullFailure>> {
  const { incoming } = context.database.feed;
  context.onLongPull();
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const cleared = incoming.tryClear();
      if (!cleared.ok) return fail(diskFailure(cleared.failure));
      const end = await readFeed(context, {
        customerUuid,
        since: null,
        store: ({ changes }) => incoming.tryWrite((rows) => void applyChanges(changes, rows)),
        finish: (position) => incoming.trySwap(customerUuid, position),
      });
      if (!end.ok) return end;
      if (end.value !== 'read') continue;
      // Everything may have changed, which is reported once.
      context.onCommit([]);
      return ok(null);
    }
    return fail(unavailableFailure(context.api.serverUrl, CUT_AGAIN));
  } finally {
    if (context.database.isOpen()) incoming.tryClear();
  }
}

/** 410 Gone. */
const CUT_AGAIN = 410;
