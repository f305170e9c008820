/** The part of an `AbortSignal` that long work needs: throws once it is to stop. */
export interface StopSignal {
  throwIfAborted(): void;
}

/** Something in a folder or an archive. */
export interface FoundFile {
  /** As it is stored, with slashes; it may be anything. */
  readonly path: string;
  readonly sizeBytes: number;
  /** False for links, devices and the like, which are never followed. */
  readonly isFile: boolean;
}

/** The files of a folder or an archive, to read them. Nothing in it is trusted. */
export interface FileTree {
  /** A file that is stored twice is listed twice; folders are not listed. */
  readonly files: readonly FoundFile[];
  /**
   * The SHA-256 of a file of the list, as 64 lower-case hex digits. Null if its bytes are damaged
   * or cannot be found, as in an archive that was cut. Rejects with the system's error.
   */
  sha256Of(file: FoundFile, signal?: StopSignal): Promise<string | null>;
  /** The content of a file of the list, of at most `maxBytes`; null if it is damaged or larger. */
  read(file: FoundFile, maxBytes: number): Promise<Uint8Array | null>;
}
