import { type AccessAction, decideAccess } from '../../shared/domain/access-policy.ts';
import type { ProjectReader } from './projects-repository.ts';

/** Whether the signed-in user may do this in a project. The answer may change while the account is open. */
export type MayDo = (action: AccessAction, projectUuid: string) => boolean;

interface UserAccess {
  readonly isAdmin: boolean;
  readonly memberships: readonly {
    readonly customerUuid: string;
    readonly projectUuid: string | null;
    readonly role: 'manager' | 'designer' | 'viewer';
  }[];
}

/**
 * Applies the server's access policy to the local library. For a project that is not in the library
 * the answer is yes: what is tried there fails with a better reason.
 */
export function mayDoWith(projects: ProjectReader, user: () => UserAccess): MayDo {
  return (action, projectUuid) => {
    const project = projects.find(projectUuid);
    if (project === null) return true;
    const { isAdmin, memberships } = user();
    const subject = {
      isAdmin,
      memberships: memberships.map((one) => ({ customer: one.customerUuid, project: one.projectUuid, role: one.role })),
    };
    return decideAccess(subject, action, { customer: project.customerUuid, project: projectUuid }) === 'allow';
  };
}
