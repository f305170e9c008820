import type { SessionState } from '../../shared/contract/session.ts';
import { getBridge } from '../bridge/bridge.ts';
import { askForSecondFactor, closeAccount } from '../stores/account/account-store.ts';
import { applySession, loadSession, useSession } from '../stores/account/session-store.ts';
import { forgetActivation } from '../stores/activation/activation-store.ts';
import { offerToUndoArrived } from '../stores/activation/activation-undo.ts';
import { answerBreaking } from '../stores/activation/breaking-question.ts';
import { applyHeld, followQuestions, forgetHeld, loadHeld } from '../stores/activation/held-activations.ts';
import { cancelTakingOffline } from '../stores/activation/taking-offline.ts';
import { closeComparison, forgetComparison } from '../stores/comparison/comparison-store.ts';
import { followDraftedAvatars, loadDrafts } from '../stores/drafts/drafts-store.ts';
import { currentShownProjects, followPage, recallCustomer } from '../stores/library/customer-choice.ts';
import { forgetLibrary, loadProjects, reloadLibrary, useLibrary } from '../stores/library/library-store.ts';
import { forgetProjectActions } from '../stores/library/project-actions.ts';
import { forgetStorage } from '../stores/library/storage-store.ts';
import { applyWatchFolders, forgetWatchFolders, loadWatchFolders } from '../stores/library/watch-folders-store.ts';
import { start } from '../stores/notices/notices.ts';
import { applyOperations, forgetOperations, loadOperations } from '../stores/outbox/operations-store.ts';
import { forgetUndo } from '../stores/outbox/undo-store.ts';
import { applyPreviewProgress, closePreview } from '../stores/preview/preview-store.ts';
import { applySettings } from '../stores/settings/settings-store.ts';
import { applyCopiedDiagnostics, closeDiagnostics } from '../stores/shell/diagnostics-store.ts';
import { applyWindowState, followShell, readWindowState } from '../stores/shell/shell-store.ts';
import { applyTransfers, forgetTransfers, loadTransfers } from '../stores/transfers/transfers-store.ts';
import { applyOpened, loadOpened, useOpening } from '../stores/uploads/opening-store.ts';
import { applyStaged, forgetStaging } from '../stores/uploads/staging-store.ts';
import { showNotificationTarget } from '../stores/view/notification-target.ts';
import { followPageHash, showWaitingLink } from '../stores/view/open-link.ts';
import { canReopen, isBrokenPage, recallView, rememberView } from '../stores/view/view-memory.ts';
import { forgetView, openFirstProject, restoreView, useView } from '../stores/view/view-store.ts';

/** The only place where events of the main process become state. */
function subscribe(): void {
  const bridge = getBridge();
  bridge.on('session.changed', applySession);
  bridge.on('library.changed', ({ projectUuids }) => start(reloadLibrary(projectUuids)));
  bridge.on('uploads.stagedChanged', ({ projectUuid, files }) => applyStaged(projectUuid, files));
  bridge.on('uploads.heldChanged', applyHeld);
  bridge.on('transfers.changed', applyTransfers);
  bridge.on('operations.changed', applyOperations);
  bridge.on('watchFolders.changed', applyWatchFolders);
  bridge.on('settings.changed', applySettings);
  bridge.on('notifications.clicked', showNotificationTarget);
  bridge.on('diagnostics.copied', applyCopiedDiagnostics);
  bridge.on('previews.progress', applyPreviewProgress);
  bridge.on('window.changed', applyWindowState);
  bridge.on('opening.changed', applyOpened);
  // Failures need no notice: the title bar shows whether the server is there.
  window.addEventListener('online', () => start(bridge.library.reconnect()));
}

function forgetEverything(): void {
  forgetLibrary();
  forgetStaging();
  forgetTransfers();
  forgetOperations();
  forgetWatchFolders();
  forgetHeld();
  answerBreaking('replaced');
  cancelTakingOffline();
  forgetComparison();
  forgetActivation();
  forgetUndo();
  forgetProjectActions();
  forgetStorage();
  closeDiagnostics();
  closeAccount();
  forgetView();
  closePreview();
}

function readQueues(): Promise<void>[] {
  return [loadTransfers(), loadOperations(), loadWatchFolders(), loadHeld()];
}

async function readEverything(): Promise<void> {
  await Promise.all([loadProjects(), ...readQueues()]);
}

/**
 * Nothing of the previous user stays when another one signs in or nobody is signed in, and nothing
 * of a damaged library when it was rebuilt.
 */
function followUser(session: SessionState | null, before: SessionState | null): void {
  const uuid = session?.user?.uuid ?? null;
  if (uuid === (before?.user?.uuid ?? null) && !wasRebuilt(session, before)) return;
  forgetEverything();
  recallCustomer(uuid);
  loadDrafts(uuid);
  if (uuid !== null) start(readEverything());
}

function wasRebuilt(session: SessionState | null, before: SessionState | null): boolean {
  const repairedAt = session?.repair?.repairedAt;
  return repairedAt !== undefined && repairedAt !== before?.repair?.repairedAt;
}

/** The open project may have been deleted, and the first sync may bring the first project. */
function keepPageValid(): void {
  const { projects } = useLibrary.getState();
  if (!projects) return;
  const { page } = useView.getState();
  const isGone = page?.kind === 'project' && !projects.some(({ uuid }) => uuid === page.projectUuid);
  if (page !== null && !isGone) return;
  const shown = currentShownProjects().map(({ uuid }) => uuid);
  if (page === null && reopenView(shown)) return;
  openFirstProject(shown.filter((projectUuid) => !isBrokenPage({ kind: 'project', projectUuid })));
}

/** After a reload: what was open in this window. Returns false if there is nothing to open. */
function reopenView(shownProjects: readonly string[]): boolean {
  const user = useSession.getState().session?.user;
  const view = user ? recallView(user.uuid) : null;
  if (!user || !view || !canReopen(view.page, { shownProjects, isAdmin: user.isAdmin })) return false;
  restoreView(view);
  return true;
}

/** The page changes first when somebody signs out or in: nothing is open then. */
function keepView(): void {
  const user = useSession.getState().session?.user;
  const { page, ...view } = useView.getState();
  if (user && page) rememberView({ ...view, page, userUuid: user.uuid });
}

async function readAgain(): Promise<void> {
  await loadSession();
  await Promise.all([loadOpened(), reloadLibrary([]), ...readQueues()]);
}

/** Connects the stores to the main process, once, and reads the initial state. */
export function connectStores(): void {
  subscribe();
  useSession.subscribe((state, before) => {
    followUser(state.session, before.session);
    askForSecondFactor(state.session, before.session);
  });
  useLibrary.subscribe(keepPageValid);
  useLibrary.subscribe(({ projects }) => offerToUndoArrived(projects ?? []));
  useLibrary.subscribe(() => {
    if (useSession.getState().session?.syncedAt != null) followDraftedAvatars();
  });
  useView.subscribe(keepView);
  useView.subscribe(({ page }, before) => {
    if (page === before.page) return;
    followPage(page);
    closeComparison();
    closePreview();
  });
  followQuestions();
  readWindowState();
  for (const store of [useSession, useLibrary, useOpening]) store.subscribe(showWaitingLink);
  followPageHash();
  followShell(() => start(readAgain()));
  start(loadSession());
  start(loadOpened());
}
