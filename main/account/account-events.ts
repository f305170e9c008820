import type { OperationView } from '../../shared/contract/operations.ts';
import type { SessionState } from '../../shared/contract/session.ts';
import type { HeldActivation, StagedFile, TransferView } from '../../shared/contract/transfers.ts';
import type { WatchFolder } from '../../shared/contract/watch-folders.ts';
import type { BundleProgress } from '../media/bundles.ts';
import type { EventHub } from './event-hub.ts';

/**
 * Events that the services of one account emit. An empty list of projects means that everything may
 * have changed.
 */
export interface AccountEventMap {
  /** Rows from the server were committed to the library. */
  readonly serverRowsChanged: readonly string[];
  /** What the screen shows of the library changed, through the server or through an operation. */
  readonly libraryChanged: readonly string[];
  readonly connectionChanged: SessionState['connection'];
  /** The pins of these projects changed; the library itself did not. */
  readonly pinsChanged: readonly string[];
  /** Something about these projects changed that only this computer knows. */
  readonly localNotesChanged: readonly string[];
  readonly operationsChanged: OperationView[];
  readonly stagedChanged: { readonly projectUuid: string; readonly files: StagedFile[] };
  readonly transfersChanged: TransferView[];
  readonly heldActivationsChanged: readonly HeldActivation[];
  readonly watchFoldersChanged: WatchFolder[];
  readonly bundleProgress: BundleProgress;
  /** Summaries that were requested in the background have arrived. */
  readonly summariesArrived: null;
}

export type AccountEvents = EventHub<AccountEventMap>;
