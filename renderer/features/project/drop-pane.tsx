import { Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { DropZone } from 'react-aria-components';
import { type DropEntry, gatherDropped } from '../../stores/gather-files.ts';
import { showBug } from '../../stores/notices.ts';
import { stageFiles } from '../../stores/staging-store.ts';

interface DropPaneProps {
  readonly projectUuid: string;
  readonly projectName: string;
  readonly isDisabled: boolean;
  readonly children: ReactNode;
}

/** The whole pane takes files and folders, and says so while something is held over it. */
export function DropPane({ projectUuid, projectName, isDisabled, children }: DropPaneProps) {
  const take = (items: readonly DropEntry[]): void => {
    gatherDropped(items)
      .then((gathered) => stageFiles(projectUuid, gathered))
      .catch(showBug);
  };
  return (
    <DropZone
      aria-label={`Drop files for ${projectName}`}
      isDisabled={isDisabled}
      getDropOperation={() => 'copy'}
      onDrop={(event) => take(event.items)}
      className="relative flex min-h-0 flex-1 flex-col"
    >
      {({ isDropTarget }) => (
        <>
          {children}
          {isDropTarget ? (
            <div className="pointer-events-none absolute inset-2 z-20 grid place-items-center rounded-lg border-2 border-dashed border-action bg-[color-mix(in_srgb,var(--pane)_72%,transparent)]">
              <p className="flex items-center gap-2 rounded-md bg-surface px-4 py-2 text-lg font-semibold text-action-ink shadow-float">
                <Upload size={18} aria-hidden />
                Drop to add to {projectName}
              </p>
            </div>
          ) : null}
        </>
      )}
    </DropZone>
  );
}
