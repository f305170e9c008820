/** How far a transfer has come, in bytes of its file. */
export interface Moved {
  /** Uploads: what the server has. Downloads: what is on this disk. */
  readonly doneBytes: number;
  /** Uploads: how many had to travel so far. */
  readonly sentBytes: number;
  /** Uploads: how many must travel in all; null: the server has not said yet. */
  readonly streamBytes: number | null;
}

export const NOTHING_MOVED: Moved = { doneBytes: 0, sentBytes: 0, streamBytes: null };
