import { RotateCcw } from 'lucide-react';
import type { TrashedProjectView } from '../../../shared/contract/projects.ts';
import { Button } from '../../components/button.tsx';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { useMayManageProjects, useOfflineReason } from '../../stores/account/use-permissions.ts';
import { restoreProject } from '../../stores/library/project-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { trashTexts } from './texts.en.ts';

function TrashedProject({ project }: { readonly project: TrashedProjectView }) {
  const mayManage = useMayManageProjects(project.customerUuid);
  const offline = useOfflineReason();
  const block = mayManage ? offline : trashTexts.askToRestore(project.customerName);
  return (
    <li
      aria-label={project.name}
      className="flex items-center gap-3 rounded-md border border-line bg-surface px-4 py-2"
    >
      <span className="min-w-0 truncate font-semibold">{project.name}</span>
      <span className="min-w-0 flex-1 truncate text-ink-faint">
        {trashTexts.contents(project.customerName, project.avatarCount)}
      </span>
      <span className="text-ink-faint" title={formatExactly(project.deletedAt)}>
        {trashTexts.deleted(formatWhen(project.deletedAt))}
      </span>
      <Button
        icon={RotateCcw}
        aria-label={trashTexts.restoreProject(project.name)}
        blockedReason={block}
        onPress={() => start(restoreProject(project))}
      >
        {trashTexts.restore}
      </Button>
    </li>
  );
}

export function TrashedProjects({ projects }: { readonly projects: readonly TrashedProjectView[] }) {
  return (
    <ul aria-label={trashTexts.trashedProjects} className="flex max-w-4xl flex-col gap-2">
      {projects.map((project) => (
        <TrashedProject key={project.uuid} project={project} />
      ))}
    </ul>
  );
}
