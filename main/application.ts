import type { ChannelName, EventName, EventPayload, Unsubscribe } from '../shared/contract/bridge.ts';

/** Where the sign-in token is kept: the operating system's safe storage, or a 0600 file where there is none. */
export interface SecretStore {
  readonly kind: 'os' | 'file';
  read(): Promise<string | null>;
  write(secret: string): Promise<void>;
  clear(): Promise<void>;
}

export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** What a shell gives to the application. */
export interface ApplicationOptions {
  /** Settings, caches and the local databases live below this folder. */
  readonly userDataDir: string;
  readonly downloadsDir: string;
  /** Shown in the sign-in form before another server was ever used. */
  readonly defaultServerUrl: string;
  readonly secrets: SecretStore;
  /** The inspection worker: a .ts file under Node, a built .js file under Electron. */
  readonly inspectWorkerUrl: URL;
  /** The folder with the local database's SQL migrations. */
  readonly migrationsDir: string;
  /** How often to ask the server for changes. */
  readonly pollIntervalMs: number;
  revealInFileManager(path: string): void;
  /** The system's folder dialog; null: nothing was chosen. Absent where the shell has none. */
  chooseFolder?(): Promise<string | null>;
  readonly log: Log;
  /** How long a watched folder is waited for, in milliseconds; absent: as people need it. */
  readonly watchTimes?: {
    readonly stableMs: number;
    readonly stuckMs: number;
    readonly checkMs: number;
    readonly listMs: number;
  };
}

/** A file of a watch folder as it was when it was taken. */
export interface WatchedOrigin {
  readonly path: string;
  readonly sizeBytes: number;
  /** Whole milliseconds since 1970. */
  readonly modifiedAtMs: number;
}

/** A file that a shell received: a path the user chose, or bytes that the shell wrote into a temp file. */
export interface ReceivedFile {
  /** Null when the bytes were never taken because the announced size is over the limit. */
  readonly path: string | null;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** True: the application deletes the file when it is no longer needed. */
  readonly isTemporary: boolean;
  /** Set for files that were not dropped, but found in a watch folder. */
  readonly watched?: WatchedOrigin;
}

export interface PictureAnswer {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/webp' | 'image/png' | 'image/jpeg';
  /** True where the address names the content (a hash), so that it may be cached for ever. */
  readonly immutable: boolean;
}

/** A bundle's bytes, at most `MAX_BUNDLE_BYTES` of them: read by the window, handed to the preview's frame, never shown. */
export interface BundleAnswer {
  readonly bytes: Uint8Array;
  readonly contentType: 'application/octet-stream';
  readonly immutable: false;
}

export type MediaAnswer = PictureAnswer | BundleAnswer;

/** The whole application without a window: both shells put a transport around it. */
export interface Application {
  start(): Promise<void>;
  /** Stops transfers and polling, closes the databases. Rows of running transfers stay and go on at the next start. */
  stop(): Promise<void>;
  /** Parses the input, runs the handler, parses the output. Rejects on an unknown channel or a bad input. */
  invoke(channel: ChannelName | (string & {}), input: unknown): Promise<unknown>;
  onEvent(listener: <Name extends EventName>(event: Name, payload: EventPayload<Name>) => void): Unsubscribe;
  stageFiles(projectUuid: string, files: readonly ReceivedFile[]): Promise<void>;
  /** Where a shell may write received bytes until they are staged. Same file system as the rest. */
  readonly receivedFilesDir: string;
  /** Answers a picture or a bundle by its relative address (`media/...`, no leading slash), or null. */
  media(path: string): Promise<MediaAnswer | null>;
}
