import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { sha256Hex } from '../../../node/sha256.ts';
import type { Change, listChanges } from '../../../shared/api/changes.ts';
import type { RouteQuery } from '../../../shared/api/define-route.ts';
import { seesWholeCustomer, visibleProjects } from '../../../shared/domain/access-policy.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { findCustomer } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Queryable } from '../../db/database.ts';
import { customers } from '../../db/schema/customers.ts';
import { changeFeed } from '../../db/schema/history.ts';
import { notFound, type ServiceFailure, type ServiceResult } from '../../failures/service-failure.ts';
import { readProjectResponses } from '../projects/project-responses.ts';
import { readVersionsInBulk } from './bulk-versions.ts';
import { TOMBSTONE_DAYS } from './feed-retention.ts';

type ChangesQuery = RouteQuery<typeof listChanges>;

export interface ChangesPage {
  readonly changes: Change[];
  readonly cursor: number;
  readonly has_more: boolean;
  readonly floor: number;
  readonly feed_id: string;
}

/**
 * The current state of everything that changed after `since`: each entity once, at its last
 * sequence number. Numbers and states come from one snapshot. A caller who sees only some projects
 * gets only their part. Failures: `not_found` (another customer), `invalid_request` (the caller must
 * name a customer), `cursor_expired` (the feed may no longer have all deletions after `since`, or
 * `since` belongs to another history or another set of visible projects).
 */
export async function readChanges(
  context: ServiceContext,
  caller: Caller,
  query: ChangesQuery,
): ServiceResult<ChangesPage> {
  return context.db.transaction(
    async (tx) => {
      const customer = await findFeedOwner(tx, caller, query.customer_uuid);
      if (!customer.ok) return customer;
      if (isTooOld(query, customer.value)) return fail(CURSOR_EXPIRED);
      const view = viewOf(caller, customer.value);
      const feedId = await readFeedId(tx, view);
      if (isOfAnotherHistory(query, feedId)) return fail(OTHER_HISTORY);
      return ok({ ...(await readPage(tx, { customer: customer.value, view, query })), feed_id: feedId });
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** The projects that a reader sees, by ID; null for all of the customer. */
type FeedView = readonly number[] | null;

function viewOf(caller: Caller, { id }: FeedOwner): FeedView {
  return seesWholeCustomer(caller, id) ? null : visibleProjects(caller, id);
}

interface FeedOwner {
  readonly id: number;
  readonly feedSeq: number;
  readonly feedFloor: number;
}

/**
 * Whether the feed may have forgotten deletions that this reader needs. A reader that starts at 0
 * has nothing to delete; one that started when the floor was as high as it is now has nothing from
 * below it.
 */
function isTooOld({ since, floor }: ChangesQuery, { feedFloor }: FeedOwner): boolean {
  return since > 0 && since < feedFloor && floor < feedFloor;
}

const CURSOR_EXPIRED: ServiceFailure = {
  code: 'cursor_expired',
  detail: `The feed keeps deletions for ${TOMBSTONE_DAYS} days, so some after this sequence number may be missing.`,
};

/**
 * Whether the reader's cursor comes from another history. Older clients send no feed id; theirs is
 * not checked.
 */
function isOfAnotherHistory({ since, feed_id }: ChangesQuery, feedId: string): boolean {
  return since > 0 && feed_id !== '' && feed_id !== feedId;
}

const OTHER_HISTORY: ServiceFailure = {
  code: 'cursor_expired',
  detail: 'This sequence number belongs to another history: the server has been restored from a backup since then.',
};

const FEED_ID_DIGITS = 32;

/**
 * Identifies the history that sequence numbers belong to. A restored backup gets a new id, as does
 * a dump loaded into a new database; a restored cluster has another time line or another identity.
 * After each of these the same numbers mean other changes. Hashed, because the identity of the
 * cluster is nobody else's business. A reader who sees only some projects has a separate history:
 * when other projects become visible or invisible, it reads everything again.
 */
async function readFeedId(db: Queryable, view: FeedView): Promise<string> {
  const { rows } = await db.execute<{ history: string }>(
    sql`select (select system_identifier from pg_control_system()) || '.' || (select timeline_id from pg_control_checkpoint())
      || '.' || (select oid from pg_database where datname = current_database())
      || coalesce('.' || (select history from installation), '') as history`,
  );
  const [found] = rows;
  if (!found) throw new Error('PostgreSQL did not return the identity of the database');
  const history =
    view === null ? found.history : `${found.history}.${[...view].sort((one, other) => one - other).join(',')}`;
  return sha256Hex(history).slice(0, FEED_ID_DIGITS);
}

/** The customer that the query names, or the caller's only one. */
async function findFeedOwner(
  db: Queryable,
  caller: Caller,
  customerUuid: string | undefined,
): ServiceResult<FeedOwner> {
  if (customerUuid !== undefined) return findCustomer(db, { caller, action: 'read', uuid: customerUuid });
  const own = new Set(caller.memberships.map(({ customer }) => customer));
  const [only] = own;
  if (only === undefined || own.size > 1) {
    const message = 'is required unless you belong to exactly one customer';
    const errors = [{ where: 'query.customer_uuid', message, rule: 'empty' as const }];
    return fail({ code: 'invalid_request', detail: 'The request must name a customer.', errors });
  }
  const [customer] = await db.select().from(customers).where(eq(customers.id, only));
  return customer ? ok(customer) : fail(notFound('customer'));
}

type FeedEntry = { readonly seq: number } & (
  | { readonly entity: 'avatar'; readonly uuid: VersionUuid }
  | { readonly entity: 'project'; readonly uuid: string }
);

interface PageRequest {
  readonly customer: FeedOwner;
  readonly view: FeedView;
  readonly query: ChangesQuery;
}

async function readPage(db: Queryable, { customer, view, query }: PageRequest): Promise<Omit<ChangesPage, 'feed_id'>> {
  const rows = await db
    .select({ entity: changeFeed.entity, uuid: changeFeed.entityUuid, seq: changeFeed.seq })
    .from(changeFeed)
    .where(and(eq(changeFeed.customerId, customer.id), gt(changeFeed.seq, query.since), changeFeed.isLatest))
    .orderBy(asc(changeFeed.seq))
    .limit(query.limit + 1);
  // The column holds both kinds of UUID; `entity` says which.
  const entries = rows.slice(0, query.limit) as FeedEntry[];
  const hasMore = rows.length > query.limit;
  return {
    changes: (await withStates(db, entries)).filter((change) => isVisible(change, view)),
    cursor: hasMore ? (entries.at(-1)?.seq ?? query.since) : customer.feedSeq,
    has_more: hasMore,
    floor: customer.feedFloor,
  };
}

async function withStates(db: Queryable, entries: readonly FeedEntry[]): Promise<Change[]> {
  const versionUuids = entries.flatMap((entry) => (entry.entity === 'avatar' ? [entry.uuid] : []));
  const projectUuids = entries.flatMap((entry) => (entry.entity === 'project' ? [entry.uuid] : []));
  const avatars = await readVersionsInBulk(db, versionUuids);
  const projects = await readProjectResponses(db, projectUuids);
  return entries.map((entry) =>
    entry.entity === 'avatar'
      ? { ...entry, avatar: avatars.get(entry.uuid) ?? null }
      : { ...entry, project: projects.get(entry.uuid) ?? null },
  );
}

/** A deletion is visible to all: the UUID of something that is gone says nothing. */
function isVisible(change: Change, view: FeedView): boolean {
  if (view === null) return true;
  if (change.entity === 'avatar') return change.avatar === null || view.includes(change.avatar.project_id);
  return change.project === null || view.includes(change.project.id);
}
