import { create } from 'zustand';
import type { OpenedFile, OpenedView } from '../../../shared/contract/opening.ts';
import type { LinkTarget } from '../../../shared/domain/gabinet-link.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { explainFailure } from '../failures/explain-failure.ts';
import { runCommand, showFailure, showNotice, start } from '../notices/notices.ts';
import { openProject } from '../view/view-store.ts';
import { openingTexts } from './opening-texts.en.ts';

interface OpeningSlice {
  /** Files that were opened from the system and wait until a project is chosen for them. */
  readonly files: readonly OpenedFile[];
  /** A link waits in the main process until it can be shown. */
  readonly hasLink: boolean;
  /** In the browser shell: the link in the address of the page, until it is shown. */
  readonly pageLink: LinkTarget | null;
}

export const useOpening = create<OpeningSlice>(() => ({ files: [], hasLink: false, pageLink: null }));

export function isLinkWaiting({ hasLink, pageLink }: OpeningSlice): boolean {
  return hasLink || pageLink !== null;
}

/** Refusals are shown at once, signed in or not. */
export function applyOpened({ files, link, refusalCount }: OpenedView): void {
  useOpening.setState({ files, hasLink: link !== null });
  if (refusalCount > 0) start(showRefusals());
}

async function showRefusals(): Promise<void> {
  for (const { name, failure } of await getBridge().opening.takeRefusals()) {
    if (name === null) showFailure(failure);
    else {
      const { detail, ...rest } = explainFailure(failure);
      const notice = { ...rest, title: openingTexts.notOpened(name), detail, code: failure.code };
      showNotice({ tone: 'problem', ...notice });
    }
  }
}

export async function loadOpened(): Promise<void> {
  applyOpened(await getBridge().opening.get());
}

/** Adds the waiting files to the upload sheet of a project, and shows it. */
export async function addOpenedFiles(projectUuid: string): Promise<void> {
  const ids = useOpening.getState().files.map(({ id }) => id);
  if (ids.length === 0) return;
  openProject(projectUuid);
  await runCommand(getBridge().opening.addFiles({ ids, projectUuid }));
}

/** The files stay where they are; opening them again brings them back. */
export async function discardOpenedFiles(): Promise<void> {
  await getBridge().opening.discardFiles({ ids: useOpening.getState().files.map(({ id }) => id) });
}
