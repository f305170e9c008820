import type { SyncScope } from '../../main/sync/pull.ts';

/** What a designer of one customer follows. */
export function designerOf(customerUuid: string, customerName = 'Aurora'): SyncScope {
  return { isAdmin: false, memberships: [{ customerUuid, customerName }] };
}

export const adminScope: SyncScope = { isAdmin: true, memberships: [] };
