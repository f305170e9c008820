import { generalTexts } from '../general-texts.en.ts';
import { useLibrary } from '../library/library-store.ts';
import { showNotice } from '../notices/notices.ts';
import { openProject, openProjectUuid, useView } from '../view/view-store.ts';
import { stagingTexts } from './staging-texts.en.ts';

/**
 * A watched folder may add files to a project that is not on the screen: shows a notice with a link
 * to it.
 */
export function notifyStagedElsewhere(projectUuid: string, fileCount: number): void {
  if (openProjectUuid(useView.getState()) === projectUuid) return;
  const project = useLibrary.getState().projects?.find(({ uuid }) => uuid === projectUuid);
  if (!project) return;
  const action = { label: generalTexts.show, run: () => openProject(projectUuid) };
  showNotice({ tone: 'plain', title: stagingTexts.addedElsewhere(fileCount, project.name), action });
}
