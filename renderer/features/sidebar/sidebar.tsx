import { ScrollText, Trash2 } from 'lucide-react';
import type { CustomerView } from '../../../shared/contract/projects.ts';
import { useSession } from '../../stores/account/session-store.ts';
import { useMayManageProjects } from '../../stores/account/use-permissions.ts';
import { useChosenCustomer, useShownProjects } from '../../stores/library/customer-choice.ts';
import { useLibrary } from '../../stores/library/library-store.ts';
import { openPage, useView } from '../../stores/view/view-store.ts';
import { CustomerSwitcher } from './customer-switcher.tsx';
import { type CustomerGroup, groupByCustomer } from './group-by-customer.ts';
import { NewProject } from './new-project.tsx';
import { ProjectItem } from './project-item.tsx';
import { PageIcon, SidebarItem } from './sidebar-item.tsx';
import { sidebarTexts } from './texts.en.ts';
import { useArrowKeys } from './use-arrow-keys.ts';

const NO_CUSTOMERS: readonly CustomerView[] = [];

function NoProjects({ group }: { readonly group: CustomerGroup }) {
  const mayManage = useMayManageProjects(group.customerUuid);
  const isLoaded = useSession((state) => state.session?.syncedAt !== null);
  const none = mayManage ? sidebarTexts.noProjects : sidebarTexts.askForProject(group.customerName);
  return <p className="px-2 text-sm text-ink-faint">{isLoaded ? none : sidebarTexts.notLoaded}</p>;
}

interface GroupProps {
  readonly group: CustomerGroup;
  readonly isNarrow: boolean;
}

function Group({ group, isNarrow }: GroupProps) {
  const { customerUuid, customerName, projects } = group;
  return (
    <section aria-label={customerName} className="mb-3">
      <div className={isNarrow ? 'grid place-items-center' : 'flex h-7 items-center'}>
        <h2 className={isNarrow ? 'sr-only' : 'min-w-0 flex-1 truncate px-2 text-xs font-semibold text-ink-faint'}>
          {customerName}
        </h2>
        <NewProject customerUuid={customerUuid} customerName={customerName} />
      </div>
      {projects.length === 0 && !isNarrow ? <NoProjects group={group} /> : null}
      <ul className="flex flex-col gap-0.5">
        {projects.map((project) => (
          <ProjectItem key={project.uuid} project={project} isNarrow={isNarrow} />
        ))}
      </ul>
    </section>
  );
}

function Groups({ isNarrow }: { readonly isNarrow: boolean }) {
  const projects = useShownProjects();
  const customers = useLibrary((state) => state.customers) ?? NO_CUSTOMERS;
  const chosen = useChosenCustomer();
  if (projects === null) return null;
  const shown = chosen === null ? customers : customers.filter(({ uuid }) => uuid === chosen);
  return groupByCustomer(projects, shown).map((group) => (
    <Group key={group.customerUuid} group={group} isNarrow={isNarrow} />
  ));
}

/** Left: the customers and their projects with the live avatars, then the other pages. */
export function Sidebar({ isNarrow }: { readonly isNarrow: boolean }) {
  const page = useView((state) => state.page);
  const isAdmin = useSession((state) => state.session?.user?.isAdmin === true);
  const root = useArrowKeys();
  return (
    <nav aria-label={sidebarTexts.title} ref={root} className="flex h-full flex-col overflow-hidden bg-window">
      <CustomerSwitcher isNarrow={isNarrow} />
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <Groups isNarrow={isNarrow} />
      </div>
      <ul className="flex flex-col gap-0.5 border-t border-line p-2">
        <SidebarItem
          name={sidebarTexts.trash}
          isOpen={page?.kind === 'trash'}
          isNarrow={isNarrow}
          onOpen={() => openPage({ kind: 'trash' })}
          picture={<PageIcon icon={Trash2} />}
        />
        {isAdmin ? (
          <SidebarItem
            name={sidebarTexts.audit}
            isOpen={page?.kind === 'audit'}
            isNarrow={isNarrow}
            onOpen={() => openPage({ kind: 'audit' })}
            picture={<PageIcon icon={ScrollText} />}
          />
        ) : null}
      </ul>
    </nav>
  );
}
