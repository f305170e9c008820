import { RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import type { AvatarView, ProjectView, VersionView } from '../../../shared/contract/library.ts';
import type { TrashedProjectView } from '../../../shared/contract/projects.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { Button } from '../../components/button.tsx';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { PendingMark } from '../../components/state-mark.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { useChosenCustomer, useShownProjects } from '../../stores/library/customer-choice.ts';
import { ofCustomer } from '../../stores/library/customer-rules.ts';
import { loadTrash, useLibrary } from '../../stores/library/library-store.ts';
import { restore } from '../../stores/library/trash-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { useOperations } from '../../stores/outbox/operations-store.ts';
import { trashTexts } from './texts.en.ts';
import { TrashedProjects } from './trashed-projects.tsx';

function restoreVersions(versions: readonly VersionView[]): void {
  start(
    restore(
      versions.map((version) => version.uuid),
      null,
    ),
  );
}

function TrashedVersion({ avatar, version }: { readonly avatar: AvatarView; readonly version: VersionView }) {
  const block = useReadOnlyReason(avatar.projectUuid);
  const hasPendingChanges = useOperations((state) => state.pendingVersionUuids.has(version.uuid));
  return (
    <li className="flex items-center gap-3 py-1.5">
      <Picture src={version.thumbnailUrl} name={avatar.name} className="size-10 shrink-0 rounded-sm" />
      <span className="w-10 font-medium">{trashTexts.version(version.version)}</span>
      <span className="w-20 text-ink-soft tabular-nums">{formatBytes(version.sizeBytes)}</span>
      <span
        className="min-w-0 flex-1 truncate text-ink-faint"
        title={version.deletedAt ? formatExactly(version.deletedAt) : undefined}
      >
        {version.deletedAt ? trashTexts.deleted(formatWhen(version.deletedAt)) : ''}
      </span>
      {hasPendingChanges ? <PendingMark className="shrink-0" /> : null}
      <Button
        icon={RotateCcw}
        aria-label={trashTexts.restoreVersion(avatar.name, version.version)}
        blockedReason={block}
        onPress={() => restoreVersions([version])}
      >
        {trashTexts.restore}
      </Button>
    </li>
  );
}

function TrashedAvatar({ avatar, projectName }: { readonly avatar: AvatarView; readonly projectName: string }) {
  const block = useReadOnlyReason(avatar.projectUuid);
  return (
    <li aria-label={avatar.name} className="rounded-md border border-line bg-surface px-4 py-2">
      <div className="flex items-center gap-2">
        <h3 className="truncate font-semibold">{avatar.name}</h3>
        <span className="flex-1 truncate text-ink-faint">{projectName}</span>
        {avatar.versions.length > 1 ? (
          <Button
            look="quiet"
            icon={RotateCcw}
            aria-label={trashTexts.restoreAvatar(avatar.name)}
            blockedReason={block}
            onPress={() => restoreVersions(avatar.versions)}
          >
            {trashTexts.restoreAll}
          </Button>
        ) : null}
      </div>
      <ul aria-label={trashTexts.versionsOf(avatar.name)} className="divide-y divide-line">
        {avatar.versions.map((version) => (
          <TrashedVersion key={version.uuid} avatar={avatar} version={version} />
        ))}
      </ul>
    </li>
  );
}

const NO_PROJECTS: readonly ProjectView[] = [];

interface TrashContents {
  readonly avatars: readonly AvatarView[];
  readonly trashedProjects: readonly TrashedProjectView[];
}

/** The trash of the chosen customer; null while it is loading. */
function useShownTrash(projects: readonly ProjectView[]): TrashContents | null {
  const trash = useLibrary((state) => state.trash);
  const trashedProjects = useLibrary((state) => state.trashedProjects);
  const customerUuid = useChosenCustomer();
  if (trash === null || trashedProjects === null) return null;
  const shown = new Set(projects.map(({ uuid }) => uuid));
  return {
    avatars: customerUuid === null ? trash : trash.filter(({ projectUuid }) => shown.has(projectUuid)),
    trashedProjects: ofCustomer(trashedProjects, customerUuid),
  };
}

function SectionTitle({ children }: { readonly children: string }) {
  return <h2 className="pt-1 font-semibold text-ink-soft">{children}</h2>;
}

function TrashSections({ avatars, trashedProjects }: TrashContents) {
  const projects = useShownProjects() ?? NO_PROJECTS;
  const projectName = (avatar: AvatarView): string =>
    projects.find((project) => project.uuid === avatar.projectUuid)?.name ?? '';
  return (
    <>
      {trashedProjects.length > 0 ? (
        <>
          <SectionTitle>{trashTexts.projects}</SectionTitle>
          <TrashedProjects projects={trashedProjects} />
        </>
      ) : null}
      {avatars.length > 0 ? <SectionTitle>{trashTexts.avatars}</SectionTitle> : null}
      <ul aria-label={trashTexts.trashedAvatars} className="flex max-w-4xl flex-col gap-2">
        {avatars.map((avatar) => (
          <TrashedAvatar key={avatar.avatarUuid} avatar={avatar} projectName={projectName(avatar)} />
        ))}
      </ul>
    </>
  );
}

export function TrashPage() {
  const contents = useShownTrash(useShownProjects() ?? NO_PROJECTS);
  const block = useReadOnlyReason();
  useEffect(() => start(loadTrash()), []);
  const isEmpty = contents?.avatars.length === 0 && contents.trashedProjects.length === 0;
  return (
    <main
      aria-label={trashTexts.title}
      className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto bg-pane px-4 py-3"
    >
      <h1 className="text-xl font-semibold">{trashTexts.title}</h1>
      {isEmpty ? <p className="text-ink-soft">{trashTexts.empty}</p> : null}
      {block && contents && !isEmpty ? <p className="text-ink-soft">{block}</p> : null}
      {contents ? <TrashSections {...contents} /> : null}
    </main>
  );
}
