import { useLibrary } from './library-store.ts';
import { showNotice } from './notices.ts';
import { openProject, openProjectUuid, useView } from './view-store.ts';

/** A watched folder may offer files of a project that is not on the screen: says so, with the way there. */
export function notifyStagedElsewhere(projectUuid: string, fileCount: number): void {
  if (openProjectUuid(useView.getState()) === projectUuid) return;
  const project = useLibrary.getState().projects?.find(({ uuid }) => uuid === projectUuid);
  if (!project) return;
  const files = fileCount === 1 ? '1 file waits' : `${fileCount} files wait`;
  const action = { label: 'Show', run: () => openProject(projectUuid) };
  showNotice({ tone: 'plain', title: `${files} in the upload sheet of ${project.name}`, action });
}
