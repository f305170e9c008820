import { useRef, useState } from 'react';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { useMayManageProjects } from '../../stores/account/use-permissions.ts';
import { useProjectActions } from '../../stores/library/project-actions.ts';
import { useFileDrop } from '../../stores/uploads/use-file-drop.ts';
import { openProject, openProjectUuid, useView } from '../../stores/view/view-store.ts';
import { ProjectMenu } from './project-menu.tsx';
import { ProjectNamePopover } from './project-name-popover.tsx';
import { ProjectPicture, SidebarItem } from './sidebar-item.tsx';
import { sidebarTexts } from './texts.en.ts';

function describeActive({ confirmedActive }: ProjectView): string {
  return confirmedActive
    ? sidebarTexts.activeVersion(confirmedActive.name, confirmedActive.version)
    : sidebarTexts.nothingLive;
}

interface ProjectItemProps {
  readonly project: ProjectView;
  readonly isNarrow: boolean;
}

/** A project with its live avatar and its menu. */
export function ProjectItem({ project, isNarrow }: ProjectItemProps) {
  const anchor = useRef<HTMLLIElement>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const isOpen = useView((state) => openProjectUuid(state) === project.uuid);
  const mayManage = useMayManageProjects(project.customerUuid);
  const form = useProjectActions((state) => state.form);
  const drop = useFileDrop(project.uuid);
  const isRenaming = form?.kind === 'rename' && form.projectUuid === project.uuid;
  return (
    <SidebarItem
      ref={anchor}
      id={project.uuid}
      name={project.name}
      detail={drop.isOver ? sidebarTexts.dropToAdd : describeActive(project)}
      drop={drop}
      note={project.pin ? sidebarTexts.keptOffline : undefined}
      isOpen={isOpen}
      isNarrow={isNarrow}
      onOpen={() => openProject(project.uuid)}
      onContextMenu={() => setMenuOpen(true)}
      picture={<ProjectPicture project={project} />}
    >
      <ProjectMenu
        project={project}
        mayManage={mayManage}
        isOpen={isMenuOpen}
        onOpenChange={setMenuOpen}
        isNarrow={isNarrow}
      />
      {mayManage ? (
        <ProjectNamePopover
          title={sidebarTexts.renameNamed(project.name)}
          isOpen={isRenaming}
          anchor={anchor}
          form={{ kind: 'rename', projectUuid: project.uuid }}
          currentName={project.name}
        />
      ) : null}
    </SidebarItem>
  );
}
