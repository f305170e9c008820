import { Ellipsis, Link, PencilLine, Trash2 } from 'lucide-react';
import { Button, Menu, MenuTrigger, Popover } from 'react-aria-components';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { classNames } from '../../components/class-names.ts';
import { copyText } from '../../components/copy-text.ts';
import { floatLook, MenuItem } from '../../components/menu.tsx';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { openNameForm, trashProject } from '../../stores/library/project-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { copyLink } from '../../stores/view/open-link.ts';
import { sidebarTexts } from './texts.en.ts';
import { itemActions } from './use-roving-focus.ts';

interface ProjectMenuProps {
  readonly project: ProjectView;
  /** Whether the user may rename the project and move it to the trash. */
  readonly mayManage: boolean;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly isNarrow: boolean;
}

function MenuItems({ project, mayManage }: Pick<ProjectMenuProps, 'project' | 'mayManage'>) {
  const offline = useOfflineReason();
  const copy = (): void => start(copyLink({ projectUuid: project.uuid, avatarUuid: null }, copyText));
  const isDisabled = offline !== null;
  return (
    <>
      <Menu aria-label={sidebarTexts.actionsFor(project.name)} className="outline-none">
        <MenuItem icon={Link} onAction={copy}>
          {sidebarTexts.copyLink}
        </MenuItem>
        {mayManage ? (
          <>
            <MenuItem
              icon={PencilLine}
              isDisabled={isDisabled}
              onAction={() => openNameForm({ kind: 'rename', projectUuid: project.uuid })}
            >
              {sidebarTexts.renameProject}
            </MenuItem>
            <MenuItem icon={Trash2} isDisabled={isDisabled} onAction={() => start(trashProject(project))}>
              {sidebarTexts.moveToTrash}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {offline && mayManage ? <p className="max-w-44 px-2 pt-1 pb-0.5 text-sm text-ink-faint">{offline}</p> : null}
    </>
  );
}

/**
 * Shown while the pointer or the focus is on the project; the right arrow key goes to it, and the
 * context menu opens the same.
 */
export function ProjectMenu({ project, mayManage, isOpen, onOpenChange, isNarrow }: ProjectMenuProps) {
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button
        {...itemActions}
        aria-label={sidebarTexts.actionsFor(project.name)}
        className={classNames(
          'absolute grid cursor-default place-items-center rounded-md text-ink-soft opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 aria-expanded:opacity-100 data-hovered:veil-hover data-hovered:text-ink',
          isNarrow ? 'right-0 bottom-0 size-4 bg-surface' : 'top-1/2 right-1 size-6 -translate-y-1/2',
        )}
      >
        <Ellipsis size={isNarrow ? 12 : 14} aria-hidden />
      </Button>
      <Popover placement="bottom end" offset={4} className={`${floatLook} min-w-44`}>
        <MenuItems project={project} mayManage={mayManage} />
      </Popover>
    </MenuTrigger>
  );
}
