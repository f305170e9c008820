import type { OperationView } from '../../shared/contract/operations.ts';
import type { SessionState } from '../../shared/contract/session.ts';
import type { StagedFile, TransferView } from '../../shared/contract/transfers.ts';
import type { WatchFolder } from '../../shared/contract/watch-folders.ts';
import type { BundleProgress } from '../media/bundles.ts';
import type { EventHub } from './event-hub.ts';

/** What the services of one account announce. An empty list of projects: everything may have changed. */
export interface AccountEventMap {
  /** Rows from the server were committed to the library. */
  readonly serverRowsChanged: readonly string[];
  /** The library looks different: because of the server or because of an operation. */
  readonly libraryChanged: readonly string[];
  readonly connectionChanged: SessionState['connection'];
  /** Pins of these projects look different; the library itself is the same. */
  readonly pinsChanged: readonly string[];
  readonly operationsChanged: OperationView[];
  readonly stagedChanged: { readonly projectUuid: string; readonly files: StagedFile[] };
  readonly transfersChanged: TransferView[];
  readonly watchFoldersChanged: WatchFolder[];
  readonly bundleProgress: BundleProgress;
  /** Summaries that were requested in the background are here. */
  readonly summariesArrived: null;
}

export type AccountEvents = EventHub<AccountEventMap>;
