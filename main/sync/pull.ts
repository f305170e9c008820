import type { ApiFailure } from '../../node/api-client/api-failure.ts';
import { listCustomers } from '../../shared/api/customers.ts';
import { MAX_PAGE_ROWS } from '../../shared/api/paging.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { FeedPosition } from '../db/customers-repository.ts';
import type { WriteFailure } from '../failures/disk-faults.ts';
import { applyChanges, forgetCustomer } from './apply-changes.ts';
import type { FeedSlice } from './feed-page.ts';
import { diskFailure, type PullFailure, readFeed } from './read-feed.ts';
import { type ResyncContext, resync } from './resync.ts';

/** The customers whose changes are followed: those the user belongs to, or all of them for admins. */
export interface SyncScope {
  readonly isAdmin: boolean;
  /** Several may name the same customer. */
  readonly memberships: readonly { readonly customerUuid: string; readonly customerName: string }[];
}

export interface PullContext extends ResyncContext {
  readonly scope: SyncScope;
  /**
   * Only these, which are followed already: the server reported changes for them. Null: all
   * customers, whose list is fetched first.
   */
  readonly customers: readonly string[] | null;
}

type Followed = { readonly uuid: string; readonly name: string };

/** Fetches all changes since the last pull and stores them slice by slice, each with its cursor. */
export async function pull(context: PullContext): Promise<Result<null, PullFailure>> {
  const customers = await customersOf(context);
  if (!customers.ok) return customers;
  for (const uuid of customers.value) {
    const pulled = await pullCustomer(context, uuid);
    if (!pulled.ok) return pulled;
  }
  return ok(null);
}

async function customersOf(context: PullContext): Promise<Result<readonly string[], PullFailure>> {
  if (context.customers !== null) return ok(context.customers);
  const followed = await fetchFollowed(context);
  if (!followed.ok) return followed;
  const remembered = rememberFollowed(context, followed.value);
  if (!remembered.ok) return fail(diskFailure(remembered.failure));
  return ok(followed.value.map(({ uuid }) => uuid));
}

async function fetchFollowed(context: PullContext): Promise<Result<readonly Followed[], ApiFailure>> {
  const { isAdmin, memberships } = context.scope;
  if (isAdmin) return fetchAllCustomers(context);
  const names = new Map(memberships.map(({ customerUuid, customerName }) => [customerUuid, customerName]));
  return ok([...names].map(([uuid, name]) => ({ uuid, name })));
}

async function fetchAllCustomers({ api, signal }: PullContext): Promise<Result<readonly Followed[], ApiFailure>> {
  const all: Followed[] = [];
  for (;;) {
    const query = { limit: MAX_PAGE_ROWS, offset: all.length };
    const page = await api.call(listCustomers, { query, signal });
    if (!page.ok) return page;
    all.push(...page.value.customers);
    if (page.value.customers.length === 0 || all.length >= page.value.total) return ok(all);
  }
}

/** Removes all data of customers that this account may no longer see. */
function rememberFollowed(context: PullContext, followed: readonly Followed[]): Result<null, WriteFailure> {
  const { database } = context;
  const wanted = new Map(followed.map((customer) => [customer.uuid, customer]));
  const stored = new Map(database.read.customers.all().map((customer) => [customer.uuid, customer]));
  const gone = [...stored.keys()].filter((uuid) => !wanted.has(uuid));
  const changed = followed.filter((customer) => stored.get(customer.uuid)?.name !== customer.name);
  if (gone.length === 0 && changed.length === 0) return ok(null);
  const touched = database.tryWrite((writers, readers) => {
    for (const customer of changed) writers.customers.upsert(customer);
    return gone.flatMap((uuid) => forgetCustomer(uuid, writers, readers));
  });
  if (!touched.ok) return touched;
  // The list of customers changed, too, which is reported as everything.
  context.onCommit(changed.length > 0 ? [] : touched.value);
  return ok(null);
}

async function pullCustomer(context: PullContext, uuid: string): Promise<Result<null, PullFailure>> {
  const since = context.database.read.customers.positionOf(uuid);
  const end = await readFeed(context, {
    customerUuid: uuid,
    since,
    store: (slice) => commitSlice(context, uuid, slice),
  });
  if (!end.ok) return end;
  return end.value === 'read' ? ok(null) : resync(context, uuid);
}

function commitSlice(
  context: PullContext,
  customerUuid: string,
  { changes, position }: FeedSlice,
): Result<void, WriteFailure> {
  const { database } = context;
  if (changes.length === 0 && isSame(database.read.customers.positionOf(customerUuid), position)) return ok(undefined);
  const touched = database.feed.tryWrite((rows) => {
    const projectUuids = applyChanges(changes, rows);
    rows.setPosition(customerUuid, position);
    return projectUuids;
  });
  if (!touched.ok) return touched;
  if (touched.value.size > 0) context.onCommit([...touched.value]);
  return ok(undefined);
}

function isSame(one: FeedPosition | null, other: FeedPosition): boolean {
  return one?.cursor === other.cursor && one.feedId === other.feedId;
}
