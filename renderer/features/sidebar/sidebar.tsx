import { type LucideIcon, ScrollText, Trash2 } from 'lucide-react';
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
import { newProjectId, tabStopOf } from './tab-stop-rules.ts';
import { sidebarTexts } from './texts.en.ts';
import { TabStopProvider, useRovingFocus } from './use-roving-focus.ts';

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

const NO_GROUPS: readonly CustomerGroup[] = [];

/** Nothing before the projects are loaded. */
function useGroups(): readonly CustomerGroup[] {
  const projects = useShownProjects();
  const customers = useLibrary((state) => state.customers) ?? NO_CUSTOMERS;
  const chosen = useChosenCustomer();
  if (projects === null) return NO_GROUPS;
  return groupByCustomer(projects, chosen === null ? customers : customers.filter(({ uuid }) => uuid === chosen));
}

interface OtherPage {
  readonly kind: 'trash' | 'audit';
  readonly name: string;
  readonly icon: LucideIcon;
}

const TRASH: OtherPage = { kind: 'trash', name: sidebarTexts.trash, icon: Trash2 };
const AUDIT: OtherPage = { kind: 'audit', name: sidebarTexts.audit, icon: ScrollText };

interface StopOptions {
  readonly groups: readonly CustomerGroup[];
  readonly pages: readonly OtherPage[];
  readonly focused: string | null;
}

function useTabStop({ groups, pages, focused }: StopOptions): string | null {
  const page = useView((state) => state.page);
  return tabStopOf({
    items: [...groups.flatMap(({ projects }) => projects.map(({ uuid }) => uuid)), ...pages.map(({ kind }) => kind)],
    buttons: groups.map(({ customerUuid }) => newProjectId(customerUuid)),
    focused,
    open: page && (page.kind === 'project' ? page.projectUuid : page.kind),
  });
}

/** Left: the customers and their projects with the live avatars, then the other pages. */
export function Sidebar({ isNarrow }: { readonly isNarrow: boolean }) {
  const openKind = useView((state) => state.page?.kind);
  const isAdmin = useSession((state) => state.session?.user?.isAdmin === true);
  const groups = useGroups();
  const pages = isAdmin ? [TRASH, AUDIT] : [TRASH];
  const { root, focused } = useRovingFocus();
  return (
    <nav aria-label={sidebarTexts.title} ref={root} className="flex h-full flex-col overflow-hidden bg-window">
      <CustomerSwitcher isNarrow={isNarrow} />
      <TabStopProvider value={useTabStop({ groups, pages, focused })}>
        <div className="min-h-0 flex-1 overflow-y-auto p-2">
          {groups.map((group) => (
            <Group key={group.customerUuid} group={group} isNarrow={isNarrow} />
          ))}
        </div>
        <ul className="flex flex-col gap-0.5 border-t border-line p-2">
          {pages.map(({ kind, name, icon }) => (
            <SidebarItem
              key={kind}
              id={kind}
              name={name}
              isOpen={openKind === kind}
              isNarrow={isNarrow}
              onOpen={() => openPage({ kind })}
              picture={<PageIcon icon={icon} />}
            />
          ))}
        </ul>
      </TabStopProvider>
    </nav>
  );
}
