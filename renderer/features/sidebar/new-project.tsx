import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../../components/button.tsx';
import { useMayManageProjects, useOfflineReason } from '../../stores/account/use-permissions.ts';
import { openNameForm, useProjectActions } from '../../stores/library/project-actions.ts';
import type { CustomerGroup } from './group-by-customer.ts';
import { ProjectNamePopover } from './project-name-popover.tsx';
import { newProjectId } from './tab-stop-rules.ts';
import { sidebarTexts } from './texts.en.ts';
import { useSidebarItem } from './use-roving-focus.ts';

/** Beside a customer's name; nothing for those who may not create projects there. */
export function NewProject({ customerUuid, customerName }: Omit<CustomerGroup, 'projects'>) {
  const anchor = useRef<HTMLSpanElement>(null);
  const mayManage = useMayManageProjects(customerUuid);
  const offline = useOfflineReason();
  const form = useProjectActions((state) => state.form);
  const isOpen = form?.kind === 'create' && form.customerUuid === customerUuid;
  const item = useSidebarItem(newProjectId(customerUuid));
  if (!mayManage) return null;
  const title = sidebarTexts.newProjectIn(customerName);
  return (
    <span ref={anchor} className="grid shrink-0 place-items-center">
      <IconButton
        label={title}
        icon={Plus}
        size={14}
        className="size-6"
        blockedReason={offline}
        {...item}
        onPress={() => openNameForm({ kind: 'create', customerUuid })}
      />
      <ProjectNamePopover
        title={title}
        isOpen={isOpen}
        anchor={anchor}
        form={{ kind: 'create', customerUuid }}
        currentName=""
      />
    </span>
  );
}
