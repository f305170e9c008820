import { isSqliteDamage } from '../../node/sqlite-damage.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { PageErrors } from '../diagnostics/page-errors.ts';
import type { AuditPage } from '../library/audit-log.ts';
import type { HeldActivations } from '../library/held-activations.ts';
import type { LibraryActions } from '../library/library-actions.ts';
import type { LibraryReads } from '../library/library-reads.ts';
import type { ProjectActions } from '../library/project-actions.ts';
import type { RecheckDismissals } from '../library/recheck-dismissals.ts';
import type { Bundles } from '../media/bundles.ts';
import type { DragCopies, DraggedFile } from '../media/drag-copies.ts';
import type { Drawings } from '../media/drawings.ts';
import type { Pins } from '../media/pins.ts';
import type { Inbox } from '../opening/inbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { AccessTokens } from '../session/access-tokens.ts';
import type { MachineSettings } from '../session/machine-settings.ts';
import type { OwnAccount } from '../session/own-account.ts';
import type { ProviderSignIn } from '../session/provider-sign-in.ts';
import type { SecondFactor } from '../session/second-factor.ts';
import type { Session, SignedInAccount } from '../session/session.ts';
import type { Comparisons } from '../staging/comparisons.ts';
import type { Staging } from '../staging/staging.ts';
import type { Sync } from '../sync/sync.ts';
import type { Transfers } from '../transfers/transfers.ts';
import type { WatchFolders } from '../watching/watch-folders.ts';

/** The services of the signed-in account that handlers use. */
export interface HandlerServices {
  readonly ownAccount: OwnAccount;
  readonly secondFactor: SecondFactor;
  readonly accessTokens: AccessTokens;
  readonly reads: LibraryReads;
  readonly actions: LibraryActions;
  readonly heldActivations: HeldActivations;
  readonly projects: ProjectActions;
  readonly rechecks: RecheckDismissals;
  readonly bundles: Bundles;
  readonly drawings: Drawings;
  readonly dragCopies: DragCopies;
  readonly comparisons: Comparisons;
  readonly pins: Pins;
  readonly sync: Sync;
  readonly outbox: Outbox;
  readonly staging: Staging;
  readonly transfers: Transfers;
  readonly watchFolders: WatchFolders;
}

export interface HandlerAccount extends SignedInAccount {
  readonly services: HandlerServices;
  /** Fails if the disk prevents it. */
  dismissRepair(): Result<null, Failure>;
  saveRecoveryCodes(codes: readonly string[]): Promise<Result<{ readonly path: string }, Failure>>;
  auditEvents(page: { readonly limit: number; readonly offset: number }): Promise<Result<AuditPage, Failure>>;
}

export interface HandlerContext {
  readonly session: Session<HandlerAccount>;
  readonly providerSignIn: ProviderSignIn;
  readonly machine: MachineSettings;
  readonly inbox: Inbox;
  readonly diagnostics: Diagnostics;
  readonly pageErrors: PageErrors;
  revealInFileManager(path: string): void;
  /** Resolves at once where the shell has no window. */
  dragFile(file: DraggedFile): Promise<void>;
  /** Returns null if nothing was chosen or this shell has no dialog. */
  chooseFolder(): Promise<string | null>;
  /** Asks outside the page; null if this shell has a dialog instead. */
  confirmFolder(path: string): Promise<{ readonly url: string; readonly isConfirmed: Promise<boolean> } | null>;
}

/** The result of a command that can't fail. */
export const DONE = ok(null);

/**
 * Runs with the services of who is signed in; returns `signed_out` if nobody is, and
 * `library_damaged` if the library is, which is being rebuilt then.
 */
export async function withAccount<Value>(
  { session }: HandlerContext,
  work: (
    services: HandlerServices,
    account: HandlerAccount,
  ) => Promise<Result<Value, Failure>> | Result<Value, Failure>,
): Promise<Result<Value, Failure>> {
  const account = session.account();
  if (account === null) return fail({ code: 'signed_out' });
  try {
    return await work(account.services, account);
  } catch (error) {
    if (!isSqliteDamage(error)) throw error;
    return fail({ code: 'library_damaged' });
  }
}
