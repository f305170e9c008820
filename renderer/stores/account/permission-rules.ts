import type { SessionState, SignedInUser } from '../../../shared/contract/session.ts';
import { type AccessAction, accessSubjectOf, decideAccess } from '../../../shared/domain/access-policy.ts';
import { generalTexts } from '../general-texts.en.ts';

/** A project as the access policy needs it, or a customer as a whole if `uuid` is null. */
export interface PlaceOfProject {
  readonly uuid: string | null;
  readonly customerUuid: string;
}

/**
 * Whether the user may do something in a project; in any project, if `project` is null. Decided by
 * the server's own policy, also offline.
 */
export function mayDo(user: SignedInUser, action: AccessAction, project: PlaceOfProject | null): boolean {
  const subject = accessSubjectOf(user);
  const places = project
    ? [{ customer: project.customerUuid, project: project.uuid }]
    : subject.memberships.map(({ customer, project: only }) => ({ customer, project: only }));
  return user.isAdmin || places.some((place) => decideAccess(subject, action, place) === 'allow');
}

/**
 * Why this user may not change anything in the project, or anywhere if `project` is null; null if
 * changes are allowed. Changes are allowed offline.
 */
export function readOnlyReason(session: SessionState | null, project: PlaceOfProject | null): string | null {
  const user = session?.user;
  return user && !mayDo(user, 'edit', project) ? generalTexts.readOnly : null;
}

/** Whether the user may create, rename, trash and restore the projects of a customer. */
export function mayManageProjects(user: SignedInUser, customerUuid: string): boolean {
  return mayDo(user, 'manage-projects', { uuid: null, customerUuid });
}

/**
 * Why this user may not change anything in one of these projects, of all that are in `places`; null
 * if changes are allowed in each. A project that is not there forbids nothing.
 */
export function readOnlyReasonIn(
  session: SessionState | null,
  places: readonly PlaceOfProject[],
  projectUuids: readonly string[],
): string | null {
  const named = places.filter(({ uuid }) => uuid !== null && projectUuids.includes(uuid));
  return named.map((place) => readOnlyReason(session, place)).find((reason) => reason !== null) ?? null;
}

/**
 * Why nothing can be loaded from the server right now (downloads, the audit list); null if it can.
 */
export function offlineReason(session: SessionState | null): string | null {
  return session?.connection === 'offline' ? generalTexts.offline : null;
}
