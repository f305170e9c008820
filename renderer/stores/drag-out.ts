import type { VersionView } from '../../shared/contract/library.ts';
import { getBridge } from '../bridge/bridge.ts';
import { dragOutTexts } from './drag-out-texts.en.ts';
import { generalTexts } from './general-texts.en.ts';
import { showFailure, showNotice, start } from './notices.ts';

/** A version, and the name of its avatar. */
export type DraggedVersion = Pick<VersionView, 'uuid' | 'version'> & { readonly name: string };

interface DragOutProps {
  readonly draggable?: true;
  readonly onDragStart?: (event: { preventDefault(): void }) => void;
}

/**
 * Makes an element something that can be dragged to the file manager or another program. Only
 * Electron can hand out a file; a page in a browser offers the download alone.
 */
export function dragOutProps(version: DraggedVersion): DragOutProps {
  if (getBridge().shell !== 'electron') return {};
  return {
    draggable: true,
    onDragStart: (event) => {
      // The page's own drag would carry the address of the picture. The system's begins as soon as
      // the file is there.
      event.preventDefault();
      start(dragOut(version));
    },
  };
}

async function dragOut(version: DraggedVersion): Promise<void> {
  const button = followButton();
  const prepared = await getBridge().drag.prepare({ versionUuid: version.uuid });
  const isPressed = button.isPressed();
  button.stop();
  if (!prepared.ok) showFailure(prepared.failure);
  else if (prepared.value.kind === 'not_here') await fetchFirst(version);
  else if (isPressed) await begin(prepared.value.dragId);
  else showNotice({ tone: 'plain', title: dragOutTexts.isReady(labelOf(version)) });
}

async function begin(dragId: string): Promise<void> {
  const started = await getBridge().drag.start({ dragId });
  if (!started.ok) showFailure(started.failure);
}

/** Nobody holds the button until a file has arrived. */
async function fetchFirst(version: DraggedVersion): Promise<void> {
  const closeNotice = showNotice({ tone: 'plain', title: dragOutTexts.notHere(labelOf(version)) });
  const fetched = await getBridge().previews.open({ bundle: { kind: 'version', versionUuid: version.uuid } });
  closeNotice();
  if (fetched.ok) showNotice({ tone: 'plain', title: dragOutTexts.isReady(labelOf(version)) });
  else showFailure(fetched.failure);
}

const labelOf = ({ name, version }: DraggedVersion): string => generalTexts.version(name, version);

const RELEASES = ['pointerup', 'pointercancel', 'blur'] as const;

/** Whether the button with which the drag began is still pressed. */
function followButton(): { isPressed(): boolean; stop(): void } {
  const released = new AbortController();
  for (const name of RELEASES) window.addEventListener(name, () => released.abort(), { signal: released.signal });
  return { isPressed: () => !released.signal.aborted, stop: () => released.abort() };
}
