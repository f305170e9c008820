import type { Change } from '../../shared/api/changes.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { projectRowFrom, versionRowFrom } from '../db/api-rows.ts';
import type { FeedRows } from '../db/feed-store.ts';
import type { Readers, Writers } from '../db/local-database.ts';

/**
 * Applies a part of the change feed to a set of rows. Runs inside the transaction that also moves
 * the cursor. Returns the uuids of the projects that changed.
 */
export function applyChanges(changes: readonly Change[], rows: FeedRows): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const change of changes) {
    const projectUuid = applyChange(change, rows);
    if (projectUuid !== null) touched.add(projectUuid);
  }
  return touched;
}

/** Removes a customer's projects, versions and feed position. Returns the uuids of the projects. */
export function forgetCustomer(customerUuid: string, writers: Writers, readers: Readers): readonly string[] {
  const projectUuids = readers.projects.uuidsOfCustomer(customerUuid);
  for (const uuid of projectUuids) {
    writers.versions.removeOfProject(uuid);
    writers.projects.remove(uuid);
  }
  writers.customers.remove(customerUuid);
  return projectUuids;
}

function applyChange(change: Change, rows: FeedRows): string | null {
  switch (change.entity) {
    case 'project':
      if (change.project === null) rows.removeProject(change.uuid);
      else rows.putProject(projectRowFrom(change.project));
      return change.uuid;
    case 'avatar':
      if (change.avatar === null) return rows.removeVersion(change.uuid);
      rows.putVersion(versionRowFrom(change.avatar));
      return change.avatar.project_uuid;
    default:
      return assertNever(change);
  }
}
