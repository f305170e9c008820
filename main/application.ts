import type { Log } from '../node/log.ts';
import type { ChannelName, EventName, EventPayload, Unsubscribe } from '../shared/contract/bridge.ts';
import type { Failure } from '../shared/contract/failure.ts';
import type { NotificationTarget } from '../shared/contract/notifications.ts';
import type { Result } from '../shared/lib/result.ts';
import type { LogPlace } from './diagnostics/application-log.ts';
import type { DraggedFile } from './media/drag-copies.ts';
import type { MediaResponse } from './media/media-response.ts';
import type { OpenRequest } from './opening/read-name.ts';
import type { SecretStore } from './platform/secret-store.ts';
import type { ReceivedFile } from './staging/received-file.ts';

/** A question to the user that the window's page cannot answer. */
export interface FolderQuestion {
  /** The page that asks. */
  readonly url: string;
  /** Resolves to false if the user declines or does not answer in time. */
  readonly isConfirmed: Promise<boolean>;
}

export type { DraggedFile };

/** What a shell gives to the application. */
export interface ApplicationOptions {
  /** Settings, caches and the local databases live below this folder. */
  readonly userDataDir: string;
  readonly downloadsDir: string;
  /** Shown in the sign-in form until another server has been used. */
  readonly defaultServerUrl: string;
  readonly secrets: SecretStore;
  /** The file worker: a .ts file under Node, a built .js file under Electron. */
  readonly fileWorkerUrl: URL;
  /** The folder with the local database's SQL migrations. */
  readonly migrationsDir: string;
  /** Of Gabinet. */
  readonly version: string;
  readonly shell: 'electron' | 'browser';
  /** How often to ask the server for changes. */
  readonly pollIntervalMs: number;
  /** Absent where the shell has no file manager. */
  readonly revealInFileManager?: (path: string) => void;
  /** Puts text on the clipboard. Absent where only the page can. */
  readonly copyText?: (text: string) => Promise<void>;
  /**
   * The system's folder dialog; returns null if it was canceled. Absent where the shell has none.
   */
  chooseFolder?(): Promise<string | null>;
  /**
   * Asks on a page of the shell itself whether a typed folder may be watched. Absent where there is
   * a dialog.
   */
  readonly confirmFolder?: (path: string) => Promise<FolderQuestion>;
  /** Lets the pointer drag a file out of the window. Absent where the shell has none. */
  dragFile?(file: DraggedFile): Promise<void>;
  /** Opens a page in the system browser. Absent where the shell is itself a page in it. */
  readonly openInBrowser?: (url: string) => Promise<void>;
  /**
   * The proxies for an address of a server, the preferred one first: `http://host:port` or
   * `https:`. Null is a direct connection. Not asked for servers on this computer. Absent: none.
   */
  readonly findProxies?: (url: string) => Promise<readonly (string | null)[]>;
  readonly log: Log;
  readonly logPlace: LogPlace;
  /** Overrides for the delays of watched folders, in milliseconds. */
  readonly watchTimes?: {
    readonly stableMs: number;
    readonly stuckMs: number;
    readonly checkMs: number;
    readonly listMs: number;
  };
}

/** The whole application without a window. Each shell adds its transport. */
export interface Application {
  start(): Promise<void>;
  /**
   * Stops transfers and polling, then closes the databases. Running transfers resume at the next
   * start. May be called at any time: waits for a start that is still running.
   */
  stop(): Promise<void>;
  /** Parses the input, runs the handler, parses the output. Rejects on an unknown channel or a bad input. */
  invoke(channel: ChannelName | (string & {}), input: unknown): Promise<unknown>;
  /** Call after the computer slept: connects to the server again at once. */
  reconnect(): void;
  onEvent(listener: <Name extends EventName>(event: Name, payload: EventPayload<Name>) => void): Unsubscribe;
  /** Shows the window's page what a clicked notification was about. */
  showTarget(target: NotificationTarget): void;
  /**
   * Files and links that the system asks to open: they wait in the inbox. Call it at any time, also
   * before `start()`.
   */
  open(request: OpenRequest): Promise<void>;
  /** Fails with `signed_out`; the caller then still owns its temporary files. */
  stageFiles(projectUuid: string, files: readonly ReceivedFile[]): Promise<Result<null, Failure>>;
  /** Where a shell may write received bytes until they are staged. Same file system as the rest. */
  readonly receivedFilesDir: string;
  /**
   * Returns a picture or bundle by its relative address (`media/...`, no leading slash), or null.
   */
  media(path: string): Promise<MediaResponse | null>;
}
