import type { ProjectView } from '../../../shared/contract/library.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { mayDo } from '../../stores/account/permission-rules.ts';

/** The projects that the user may add files to: first the one that is open, then as in the sidebar. */
export function projectChoices(
  projects: readonly ProjectView[],
  user: SignedInUser,
  openUuid: string | null,
): readonly ProjectView[] {
  const allowed = projects.filter((project) => mayDo(user, 'edit', project));
  const isOpen = ({ uuid }: ProjectView): boolean => uuid === openUuid;
  return [...allowed.filter(isOpen), ...allowed.filter((project) => !isOpen(project))];
}
