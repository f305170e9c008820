import { listCustomers } from '../../shared/api/administration.ts';
import type { UserRole } from '../../shared/api/auth.ts';
import { listChanges, MAX_CHANGE_ROWS } from '../../shared/api/changes.ts';
import { MAX_PAGE_ROWS } from '../../shared/api/paging.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from '../api/api-client.ts';
import { type ApiFailure, cancelledFailure } from '../api/api-failure.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import { applyChanges, forgetCustomer } from './apply-changes.ts';

/** Whose changes are followed: the own customer's, or for admins everybody's. */
export interface SyncScope {
  readonly role: UserRole;
  readonly customerUuid: string | null;
  readonly customerName: string | null;
}

export interface PullContext {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  readonly scope: SyncScope;
  readonly signal: AbortSignal;
  /** Changes whenever an own operation wrote to the library: a page asked for before may be older than that. */
  ownChanges(): number;
  /** After each commit that changed something. */
  onCommit(projectUuids: readonly string[]): void;
  /** There is more than one page: this takes a while. */
  onLongPull(): void;
}

type Followed = { readonly uuid: string; readonly name: string };

/** Asks for everything that changed since the last time and stores it, page by page, each with its cursor. */
export async function pull(context: PullContext): Promise<Result<null, ApiFailure>> {
  const followed = await fetchFollowed(context);
  if (!followed.ok) return followed;
  rememberFollowed(context, followed.value);
  for (const customer of followed.value) {
    const pulled = await pullCustomer(context, customer.uuid);
    if (!pulled.ok) return pulled;
  }
  return ok(null);
}

async function fetchFollowed(context: PullContext): Promise<Result<readonly Followed[], ApiFailure>> {
  const { role, customerUuid, customerName } = context.scope;
  if (role === 'admin') return fetchAllCustomers(context);
  return ok(customerUuid === null ? [] : [{ uuid: customerUuid, name: customerName ?? '' }]);
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

/** Customers that this account may not see any more leave nothing behind on this machine. */
function rememberFollowed(context: PullContext, followed: readonly Followed[]): void {
  const { database } = context;
  const wanted = new Map(followed.map((customer) => [customer.uuid, customer]));
  const known = new Map(database.read.customers.all().map((customer) => [customer.uuid, customer]));
  const gone = [...known.keys()].filter((uuid) => !wanted.has(uuid));
  const changed = followed.filter((customer) => known.get(customer.uuid)?.name !== customer.name);
  if (gone.length === 0 && changed.length === 0) return;
  const touched = database.write((writers, readers) => {
    for (const customer of changed) writers.customers.upsert(customer);
    return gone.flatMap((uuid) => forgetCustomer(uuid, writers, readers));
  });
  if (touched.length > 0) context.onCommit(touched);
}

async function pullCustomer(context: PullContext, customerUuid: string): Promise<Result<null, ApiFailure>> {
  const { database } = context;
  let since = database.read.customers.all().find((customer) => customer.uuid === customerUuid)?.feedCursor ?? 0;
  for (;;) {
    const ownChanges = context.ownChanges();
    const page = await fetchPage(context, customerUuid, since);
    if (!page.ok) return page;
    if (context.signal.aborted) return fail(cancelledFailure());
    if (context.ownChanges() !== ownChanges) continue;
    if (page.value.cursor < since) {
      restart(context, customerUuid);
      since = 0;
      continue;
    }
    commitPage(context, customerUuid, { since, ...page.value });
    since = page.value.cursor;
    if (!page.value.has_more) return ok(null);
    context.onLongPull();
  }
}

function fetchPage({ api, scope, signal }: PullContext, customerUuid: string, since: number) {
  const owner = scope.role === 'admin' ? { customer_uuid: customerUuid } : {};
  return api.call(listChanges, { query: { since, limit: MAX_CHANGE_ROWS, ...owner }, signal });
}

type Page = { readonly since: number } & Extract<Awaited<ReturnType<typeof fetchPage>>, { ok: true }>['value'];

function commitPage(context: PullContext, customerUuid: string, page: Page): void {
  if (page.cursor === page.since && page.changes.length === 0) return;
  const touched = context.database.write((writers, readers) => {
    const projectUuids = applyChanges(page.changes, writers, readers);
    writers.customers.setCursor(customerUuid, page.cursor);
    return projectUuids;
  });
  if (touched.size > 0) context.onCommit([...touched]);
}

/** The feed is behind what was seen of it: the server was restored from an older state. Begin again. */
function restart(context: PullContext, customerUuid: string): void {
  const touched = context.database.write((writers, readers) => {
    const name = readers.customers.all().find((customer) => customer.uuid === customerUuid)?.name ?? '';
    const projectUuids = forgetCustomer(customerUuid, writers, readers);
    writers.customers.upsert({ uuid: customerUuid, name });
    return projectUuids;
  });
  context.onCommit(touched);
}
