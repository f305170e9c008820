import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useReadOnlyReason } from '../account/use-permissions.ts';
import { start } from '../notices/notices.ts';
import { useIsDraggedOut } from '../transfers/drag-out.ts';
import { openProject, openProjectUuid, useView } from '../view/view-store.ts';
import { droppedEntries } from './dropped-entries.ts';
import { gatherDropped } from './gather-files.ts';
import { stageFiles } from './staging-store.ts';

/** Long enough to drag across the sidebar without opening every project on the way. */
const OPEN_AFTER_MS = 500;

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files');
}

/** Opening it again would clear its selection. */
function openIfClosed(projectUuid: string): void {
  if (openProjectUuid(useView.getState()) !== projectUuid) openProject(projectUuid);
}

export interface FileDrop {
  /** Files are dragged over the element. */
  readonly isOver: boolean;
  readonly handlers: {
    onDragEnter(event: DragEvent): void;
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

/**
 * Lets an element beside the page take files for a project, without a tab stop. Holding files over it
 * opens the project, if it is not open.
 */
export function useFileDrop(projectUuid: string): FileDrop {
  const [isOver, setOver] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isBlocked = useReadOnlyReason() !== null;
  const isOwnDrag = useIsDraggedOut();
  const leave = (): void => {
    clearTimeout(timer.current);
    setOver(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const enter = (event: DragEvent): void => {
    if (isBlocked || isOwnDrag || !hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    if (isOver) return;
    setOver(true);
    timer.current = setTimeout(() => openIfClosed(projectUuid), OPEN_AFTER_MS);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: enter,
      onDragOver: enter,
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) leave();
      },
      onDrop: (event) => {
        leave();
        if (isBlocked || isOwnDrag || !hasFiles(event)) return;
        event.preventDefault();
        const entries = droppedEntries(event.dataTransfer);
        openIfClosed(projectUuid);
        start(gatherDropped(entries).then((gathered) => stageFiles(projectUuid, gathered)));
      },
    },
  };
}
