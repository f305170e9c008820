import type { Change } from '../../shared/api/changes.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { avatarRowFrom, projectRowFrom } from '../db/api-rows.ts';
import type { Readers, Writers } from '../db/local-database.ts';

/**
 * Brings the local rows to the state that a page of the change feed tells. Runs inside the transaction that also moves the
 * cursor. Answers the projects that look different now.
 */
export function applyChanges(changes: readonly Change[], writers: Writers, readers: Readers): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const change of changes) {
    const projectUuid = applyChange(change, writers, readers);
    if (projectUuid !== null) touched.add(projectUuid);
  }
  return touched;
}

/** Forgets a customer's projects, versions and place in the feed. Answers the projects. */
export function forgetCustomer(customerUuid: string, writers: Writers, readers: Readers): readonly string[] {
  const projectUuids = readers.projects.uuidsOfCustomer(customerUuid);
  for (const uuid of projectUuids) removeProject(uuid, writers);
  writers.customers.remove(customerUuid);
  return projectUuids;
}

function applyChange(change: Change, writers: Writers, readers: Readers): string | null {
  switch (change.entity) {
    case 'project':
      if (change.project === null) removeProject(change.uuid, writers);
      else writers.projects.upsert(projectRowFrom(change.project));
      return change.uuid;
    case 'avatar':
      return applyAvatarChange(change, writers, readers);
    default:
      return assertNever(change);
  }
}

function applyAvatarChange(
  change: Extract<Change, { entity: 'avatar' }>,
  writers: Writers,
  readers: Readers,
): string | null {
  if (change.avatar !== null) {
    writers.avatars.upsert(avatarRowFrom(change.avatar));
    return change.avatar.project_uuid;
  }
  const gone = readers.avatars.find(change.uuid);
  writers.avatars.remove(change.uuid);
  return gone?.projectUuid ?? null;
}

function removeProject(uuid: string, writers: Writers): void {
  writers.avatars.removeOfProject(uuid);
  writers.projects.remove(uuid);
}
