import { ScrollText, Trash2 } from 'lucide-react';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { useLibrary } from '../../stores/library-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { openPage, openProject, useView } from '../../stores/view-store.ts';
import { groupByCustomer } from './group-by-customer.ts';
import { PageIcon, ProjectPicture, SidebarItem } from './sidebar-item.tsx';
import { sidebarTexts } from './texts.en.ts';
import { useArrowKeys } from './use-arrow-keys.ts';

function describeActive({ active }: ProjectView): string {
  return active ? sidebarTexts.activeVersion(active.name, active.version) : sidebarTexts.nothingLive;
}

/** Left: the projects with their active avatars, then the other pages. */
export function Sidebar({ isNarrow }: { readonly isNarrow: boolean }) {
  const projects = useLibrary((state) => state.projects);
  const page = useView((state) => state.page);
  const isAdmin = useSession((state) => state.session?.user?.isAdmin === true);
  const root = useArrowKeys();
  return (
    <nav aria-label={sidebarTexts.title} ref={root} className="flex h-full flex-col overflow-hidden bg-window">
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {groupByCustomer(projects ?? []).map((group) => (
          <section key={group.customerUuid} aria-label={group.customerName} className="mb-3">
            <h2 className={isNarrow ? 'sr-only' : 'truncate px-2 py-1 text-xs font-semibold text-ink-faint'}>
              {group.customerName}
            </h2>
            <ul className="flex flex-col gap-0.5">
              {group.projects.map((project) => (
                <SidebarItem
                  key={project.uuid}
                  name={project.name}
                  detail={describeActive(project)}
                  note={project.pin ? sidebarTexts.keptOffline : undefined}
                  isOpen={page?.kind === 'project' && page.projectUuid === project.uuid}
                  isNarrow={isNarrow}
                  onOpen={() => openProject(project.uuid)}
                  picture={<ProjectPicture project={project} />}
                />
              ))}
            </ul>
          </section>
        ))}
        {projects?.length === 0 ? <p className="px-2 text-sm text-ink-faint">{sidebarTexts.noProjects}</p> : null}
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
