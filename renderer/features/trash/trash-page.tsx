import { RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { Button } from '../../components/button.tsx';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { PendingMark } from '../../components/state-mark.tsx';
import { loadTrash, useLibrary } from '../../stores/library-store.ts';
import { start } from '../../stores/notices.ts';
import { useOperations } from '../../stores/operations-store.ts';
import { restore } from '../../stores/trash-actions.ts';
import { useReadOnlyReason } from '../../stores/use-permissions.ts';
import { trashTexts } from './texts.en.ts';

function restoreVersions(versions: readonly VersionView[]): void {
  start(
    restore(
      versions.map((version) => version.uuid),
      null,
    ),
  );
}

function TrashedVersion({ avatar, version }: { readonly avatar: AvatarView; readonly version: VersionView }) {
  const block = useReadOnlyReason();
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
  const block = useReadOnlyReason();
  return (
    <li aria-label={avatar.name} className="rounded-md border border-line bg-surface px-4 py-2">
      <div className="flex items-center gap-2">
        <h2 className="truncate font-semibold">{avatar.name}</h2>
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

export function TrashPage() {
  const trash = useLibrary((state) => state.trash);
  const projects = useLibrary((state) => state.projects);
  const block = useReadOnlyReason();
  useEffect(() => start(loadTrash()), []);
  const projectName = (avatar: AvatarView): string =>
    projects?.find((project) => project.uuid === avatar.projectUuid)?.name ?? '';
  return (
    <main
      aria-label={trashTexts.title}
      className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto bg-pane px-4 py-3"
    >
      <h1 className="text-xl font-semibold">{trashTexts.title}</h1>
      {block && trash && trash.length > 0 ? <p className="text-ink-soft">{block}</p> : null}
      {trash?.length === 0 ? <p className="text-ink-soft">{trashTexts.empty}</p> : null}
      <ul aria-label={trashTexts.avatars} className="flex max-w-4xl flex-col gap-2">
        {trash?.map((avatar) => (
          <TrashedAvatar key={avatar.avatarUuid} avatar={avatar} projectName={projectName(avatar)} />
        ))}
      </ul>
    </main>
  );
}
