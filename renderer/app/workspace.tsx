import type { ProjectView } from '../../shared/contract/library.ts';
import type { SignedInUser } from '../../shared/contract/session.ts';
import { AccountDialog } from '../features/account/account-dialog.tsx';
import { AuditPage } from '../features/audit/audit-page.tsx';
import { CommandPalette } from '../features/command-palette/command-palette.tsx';
import { ComparisonPage } from '../features/comparison/comparison-page.tsx';
import { ConfirmBreaking } from '../features/comparison/confirm-breaking.tsx';
import { ConfirmProjectDeletion } from '../features/library/confirm-project-deletion.tsx';
import { EmptyLibrary } from '../features/library/empty-library.tsx';
import { ChooseProject } from '../features/opened-files/choose-project.tsx';
import { Outbox, OutboxLine } from '../features/outbox/outbox.tsx';
import { ProjectConflicts } from '../features/outbox/project-conflicts.tsx';
import { PreviewStage } from '../features/preview/preview-stage.tsx';
import { ConfirmTakingOffline } from '../features/project/confirm-taking-offline.tsx';
import { ProjectPage } from '../features/project/project-page.tsx';
import { RepairBar } from '../features/repair/repair-bar.tsx';
import { SettingsDialog } from '../features/settings/settings-dialog.tsx';
import { TransferTray } from '../features/transfers/transfer-tray.tsx';
import { ConfirmDeletion } from '../features/trash/confirm-deletion.tsx';
import { TrashPage } from '../features/trash/trash-page.tsx';
import { UploadSheet } from '../features/upload-sheet/upload-sheet.tsx';
import { useComparison } from '../stores/comparison/comparison-store.ts';
import { usePreviewStore } from '../stores/preview/preview-store.ts';
import { useOpenProject } from '../stores/view/selection.ts';
import { useView } from '../stores/view/view-store.ts';
import { OfflineBar } from './offline-bar.tsx';
import { Panes } from './panes.tsx';
import { useDropGuard } from './use-drop-guard.ts';
import { useShortcutKeys } from './use-shortcuts.ts';

function OpenProject({ project }: { readonly project: ProjectView }) {
  const compared = useComparison((state) => state.subject);
  const previewed = usePreviewStore((state) => state.subject);
  const preview = previewed ? <PreviewStage subject={previewed} projectUuid={project.uuid} /> : null;
  const isComparing = compared?.projectUuid === project.uuid;
  const cover = isComparing ? <ComparisonPage pair={compared} projectUuid={project.uuid} /> : preview;
  return (
    <ProjectPage
      project={project}
      conflicts={<ProjectConflicts projectUuid={project.uuid} />}
      sheet={<UploadSheet project={project} />}
      cover={cover}
    />
  );
}

function Middle({ user }: { readonly user: SignedInUser }) {
  const page = useView((state) => state.page);
  const project = useOpenProject();
  if (page?.kind === 'trash') return <TrashPage />;
  if (page?.kind === 'audit') return <AuditPage />;
  if (!project) return <EmptyLibrary user={user} />;
  return <OpenProject key={project.uuid} project={project} />;
}

export function Workspace({ user }: { readonly user: SignedInUser }) {
  useShortcutKeys();
  useDropGuard();
  return (
    <>
      <OfflineBar />
      <RepairBar />
      <Panes
        middle={
          <div className="notices-place relative flex h-full min-w-0 flex-1 flex-col overflow-hidden">
            <Middle user={user} />
          </div>
        }
      />
      <TransferTray changesLine={<OutboxLine />} changes={<Outbox />} />
      <ConfirmDeletion />
      <ConfirmTakingOffline />
      <ConfirmProjectDeletion />
      <ConfirmBreaking />
      <ChooseProject user={user} />
      <CommandPalette user={user} />
      <SettingsDialog />
      <AccountDialog user={user} />
    </>
  );
}
