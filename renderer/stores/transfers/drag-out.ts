import { create } from 'zustand';
import type { VersionView } from '../../../shared/contract/library.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { generalTexts } from '../general-texts.en.ts';
import { showFailure, showNotice, start } from '../notices/notices.ts';
import { dragOutTexts } from './drag-out-texts.en.ts';

/** A version, and the name of its avatar. */
export type DraggedVersion = Pick<VersionView, 'uuid' | 'version'> & { readonly name: string };

interface DragOutProps {
  readonly draggable?: true;
  readonly onDragStart?: (event: { preventDefault(): void }) => void;
}

const useDrag = create<{ readonly isOwn: boolean }>(() => ({ isOwn: false }));

/** Whether what is dragged comes from this window: dropped on it again, it would add nothing. */
export function useIsDraggedOut(): boolean {
  return useDrag((state) => state.isOwn);
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
  const end = markOwnDrag();
  const started = await getBridge().drag.start({ dragId });
  if (started.ok) return;
  end();
  showFailure(started.failure);
}

/** No event says that the system's drag has ended, but while it lasts, the page has no pointer. */
function markOwnDrag(): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const end = (): void => {
    ended.abort();
    useDrag.setState({ isOwn: false });
  };
  for (const name of ['pointerdown', 'blur'] as const) window.addEventListener(name, end, { signal });
  window.addEventListener('pointermove', ({ buttons }) => buttons === 0 && end(), { signal });
  useDrag.setState({ isOwn: true });
  return end;
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
