import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { ProjectView } from '../../shared/contract/library.ts';
import type { SignedInUser } from '../../shared/contract/session.ts';
import { AccountDialog } from '../features/account/account-dialog.tsx';
import { AuditPage } from '../features/audit/audit-page.tsx';
import { CommandPalette } from '../features/command-palette/command-palette.tsx';
import { ComparisonPage } from '../features/comparison/comparison-page.tsx';
import { ConfirmBreaking } from '../features/comparison/confirm-breaking.tsx';
import { DetailsPane } from '../features/details-pane/details-pane.tsx';
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
import { Sidebar } from '../features/sidebar/sidebar.tsx';
import { TransferTray } from '../features/transfers/transfer-tray.tsx';
import { ConfirmDeletion } from '../features/trash/confirm-deletion.tsx';
import { TrashPage } from '../features/trash/trash-page.tsx';
import { UploadSheet } from '../features/upload-sheet/upload-sheet.tsx';
import { useComparison } from '../stores/comparison/comparison-store.ts';
import { usePreviewStore } from '../stores/preview/preview-store.ts';
import { useOpenProject } from '../stores/view/selection.ts';
import { useView } from '../stores/view/view-store.ts';
import { OfflineBar } from './offline-bar.tsx';
import { appTexts } from './texts.en.ts';
import { useDropGuard } from './use-drop-guard.ts';
import { useNarrow } from './use-narrow.ts';
import { useShortcutKeys } from './use-shortcuts.ts';

/** Widths in CSS pixels. */
const SIDEBAR = { defaultSize: 208, minSize: 160, maxSize: 320 };
const DETAILS_PANE = { defaultSize: 320, minSize: 280, maxSize: 520 };
const MIDDLE_MIN_SIZE = 420;

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

function MiddlePane({ user, children }: { readonly user: SignedInUser; readonly children?: ReactNode }) {
  return (
    <div className="relative flex h-full min-w-0 flex-1 flex-col overflow-hidden">
      <Middle user={user} />
      {children}
    </div>
  );
}

interface PanesProps {
  readonly user: SignedInUser;
  readonly hasDetailsPane: boolean;
}

/**
 * The sidebar shows only icons, and the details pane slides in over the page when a card is opened.
 */
function NarrowPanes({ user, hasDetailsPane }: PanesProps) {
  const isDetailsOpen = useView((state) => state.isDetailsOpen);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="w-14 shrink-0 border-r border-line">
        <Sidebar isNarrow />
      </div>
      <MiddlePane user={user}>
        {hasDetailsPane && isDetailsOpen ? (
          <div className="slide-left absolute inset-y-0 right-0 z-10 w-80 border-l border-line shadow-float">
            <DetailsPane canClose />
          </div>
        ) : null}
      </MiddlePane>
    </div>
  );
}

const separatorLook =
  'relative w-px bg-line data-[separator=active]:bg-action data-[separator=hover]:bg-line-strong focus-visible:z-20 focus-visible:bg-ink';

function WidePanes({ user, hasDetailsPane }: PanesProps) {
  return (
    <Group className="min-h-0 flex-1">
      <Panel id="left" {...SIDEBAR} groupResizeBehavior="preserve-pixel-size">
        <Sidebar isNarrow={false} />
      </Panel>
      <Separator title={appTexts.resizeSidebar} className={separatorLook} />
      <Panel id="middle" minSize={MIDDLE_MIN_SIZE}>
        <MiddlePane user={user} />
      </Panel>
      {hasDetailsPane ? (
        <>
          <Separator title={appTexts.resizeDetails} className={separatorLook} />
          <Panel id="right" {...DETAILS_PANE} groupResizeBehavior="preserve-pixel-size">
            <DetailsPane canClose={false} />
          </Panel>
        </>
      ) : null}
    </Group>
  );
}

export function Workspace({ user }: { readonly user: SignedInUser }) {
  const isNarrow = useNarrow();
  const hasDetailsPane = useView((state) => state.page?.kind === 'project');
  const Panes = isNarrow ? NarrowPanes : WidePanes;
  useShortcutKeys();
  useDropGuard();
  return (
    <>
      <OfflineBar />
      <RepairBar />
      <Panes user={user} hasDetailsPane={hasDetailsPane} />
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
