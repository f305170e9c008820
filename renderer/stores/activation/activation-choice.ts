import { z } from 'zod';
import { create } from 'zustand';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { useLibrary } from '../library/library-store.ts';
import { inThisWindow } from '../settings/browser-storage.ts';

type ChoicesByProject = Readonly<Record<string, boolean>>;

const KEY = 'activationChoices';
const choicesSchema = z.record(z.string(), z.boolean());

/**
 * Whether the files of a project's upload sheet are activated, where a person has chosen it. A choice
 * survives a reload of the window and ends with the sheet.
 */
export const useActivationChoices = create<{ readonly byProject: ChoicesByProject }>(() => ({
  byProject: inThisWindow.readValue(KEY, choicesSchema) ?? {},
}));

function keep(byProject: ChoicesByProject): void {
  useActivationChoices.setState({ byProject });
  inThisWindow.writeValue(KEY, byProject);
}

export function chooseActivation(projectUuid: string, isActivated: boolean): void {
  keep({ ...useActivationChoices.getState().byProject, [projectUuid]: isActivated });
}

export function forgetActivationChoice(projectUuid: string): void {
  const { [projectUuid]: _, ...others } = useActivationChoices.getState().byProject;
  keep(others);
}

export function forgetActivationChoices(): void {
  keep({});
}

/** Without a choice only the first avatar of a project is activated: nothing is replaced by accident. */
export function isActivatedAfterUpload(
  project: Pick<ProjectView, 'uuid' | 'active'>,
  byProject: ChoicesByProject,
): boolean {
  return byProject[project.uuid] ?? project.active === null;
}

/** Whether the files of this sheet are activated, as it stands now. */
export function currentActivationChoice(projectUuid: string): boolean {
  const { byProject } = useActivationChoices.getState();
  const project = useLibrary.getState().projects?.find(({ uuid }) => uuid === projectUuid);
  return project ? isActivatedAfterUpload(project, byProject) : (byProject[projectUuid] ?? false);
}
