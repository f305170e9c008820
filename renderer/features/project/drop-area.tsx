import type { ReactNode } from 'react';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { useFileDrop } from '../../stores/uploads/use-file-drop.ts';
import { PaneHighlight } from './drop-pane.tsx';

/** A pane beside the page that takes files for the open project, too. */
export function DropArea({ project, children }: { readonly project: ProjectView; readonly children: ReactNode }) {
  const { isOver, handlers } = useFileDrop(project.uuid);
  return (
    <div className="relative h-full" {...handlers}>
      {children}
      {isOver ? <PaneHighlight projectName={project.name} /> : null}
    </div>
  );
}
