import {
  type AccessAction,
  accessSubjectOf,
  decideAccess,
  type UserAccess,
} from '../../shared/domain/access-policy.ts';
import type { ProjectReader } from './projects-repository.ts';

/** Whether the signed-in user may do this in a project. The answer may change while the account is open. */
export type MayDo = (action: AccessAction, projectUuid: string) => boolean;

/**
 * Applies the server's access policy to the local library. For a project that is not in the library
 * the answer is yes: what is tried there fails with a better reason.
 */
export function mayDoWith(projects: ProjectReader, user: () => UserAccess): MayDo {
  return (action, projectUuid) => {
    const project = projects.find(projectUuid);
    if (project === null) return true;
    const place = { customer: project.customerUuid, project: projectUuid };
    return decideAccess(accessSubjectOf(user()), action, place) === 'allow';
  };
}
