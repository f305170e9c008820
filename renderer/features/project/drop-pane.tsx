import { Upload } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { DropZone } from 'react-aria-components';
import type { AvatarView } from '../../../shared/contract/library.ts';
import { showBug } from '../../stores/notices/notices.ts';
import { useIsDraggedOut } from '../../stores/transfers/drag-out.ts';
import { type DropEntry, gatherDropped } from '../../stores/uploads/gather-files.ts';
import { stageFiles } from '../../stores/uploads/staging-store.ts';
import { type AimedCard, aimedCard, isSameAim, type Point } from './aimed-card.ts';
import { projectTexts } from './texts.en.ts';

export function PaneHighlight({ projectName }: { readonly projectName: string }) {
  return (
    <div className="pointer-events-none absolute inset-2 z-20 grid place-items-center rounded-lg border-2 border-dashed border-action bg-[color-mix(in_srgb,var(--pane)_72%,transparent)]">
      <p className="flex items-center gap-2 rounded-md bg-surface px-4 py-2 text-lg font-semibold text-action-ink shadow-float">
        <Upload size={18} aria-hidden />
        {projectTexts.dropToAdd(projectName)}
      </p>
    </div>
  );
}

function CardHighlight({ aim }: { readonly aim: AimedCard }) {
  const { avatarName, left, top, width, height } = aim;
  return (
    <div
      className="pointer-events-none absolute z-20 grid place-items-center rounded-md border-2 border-dashed border-action bg-[color-mix(in_srgb,var(--pane)_72%,transparent)] p-2"
      style={{ left, top, width, height }}
    >
      <p className="max-w-full rounded-md bg-surface px-2.5 py-1 text-center font-semibold wrap-anywhere text-action-ink shadow-float">
        {projectTexts.dropAsVersion(avatarName)}
      </p>
    </div>
  );
}

/** react-aria's hidden button takes pasted files. As a tab stop it would be one where nothing is seen. */
function leaveOutOfTabOrder(pane: HTMLElement | null): void {
  const button = pane?.firstElementChild?.querySelector('button');
  if (button) button.tabIndex = -1;
}

interface DropPaneProps {
  readonly projectUuid: string;
  readonly projectName: string;
  readonly avatars: readonly AvatarView[];
  readonly isDisabled: boolean;
  readonly children: ReactNode;
}

/**
 * Accepts files and folders anywhere on the pane, and marks the pane or the card that a drop would
 * go to.
 */
export function DropPane({ projectUuid, projectName, avatars, isDisabled, children }: DropPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const [aim, setAim] = useState<AimedCard | null>(null);
  const isOwnDrag = useIsDraggedOut();
  useEffect(() => leaveOutOfTabOrder(pane.current), []);
  const aimAt = (point: Point): AimedCard | null => (pane.current ? aimedCard(pane.current, point, avatars) : null);
  const follow = (point: Point): void => {
    const next = aimAt(point);
    setAim((current) => (isSameAim(current, next) ? current : next));
  };
  const take = (items: readonly DropEntry[], target: AimedCard | null): void => {
    setAim(null);
    gatherDropped(items)
      .then((gathered) => stageFiles(projectUuid, gathered, target?.avatarUuid ?? null))
      .catch(showBug);
  };
  return (
    <DropZone
      ref={pane}
      data-quiet-focus=""
      aria-label={projectTexts.dropArea(projectName)}
      isDisabled={isDisabled}
      getDropOperation={() => 'copy'}
      onDropEnter={follow}
      onDropMove={follow}
      onDropExit={() => setAim(null)}
      onDrop={(event) => take(event.items, aimAt(event))}
      className="relative flex min-h-0 flex-1 flex-col"
    >
      {({ isDropTarget }) => (
        <>
          {children}
          {isDropTarget && !isOwnDrag && !aim ? <PaneHighlight projectName={projectName} /> : null}
          {isDropTarget && !isOwnDrag && aim ? <CardHighlight aim={aim} /> : null}
        </>
      )}
    </DropZone>
  );
}
