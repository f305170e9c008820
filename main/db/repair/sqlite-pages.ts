import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

// SQLite's file format: https://www.sqlite.org/fileformat2.html

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
/** What this program's libraries have, if the header is gone. */
const USUAL_PAGE_BYTES = 4096;
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** The pages of a SQLite file that may be damaged, with those that its log has newer. */
export interface SqlitePages {
  readonly count: number;
  readonly pageBytes: number;
  /** Bytes of each page that SQLite uses. */
  readonly usableBytes: number;
  /** Numbered from 1. Null if there is no such page. */
  read(number: number): Buffer | null;
  close(): void;
}

/** Opens the file without SQLite, which refuses to open some damaged ones. */
export function openPages(path: string): SqlitePages {
  const file = openSync(path, 'r');
  const header = readAt(file, 0, HEADER_BYTES);
  const isHeader = header.toString('latin1', 0, MAGIC.length) === MAGIC;
  const pageBytes = isHeader ? pageBytesOf(header) : USUAL_PAGE_BYTES;
  const newer = pagesOfLog(`${path}-wal`, pageBytes);
  const count = Math.max(Math.floor(fstatSync(file).size / pageBytes), ...newer.keys());
  return {
    count,
    pageBytes,
    usableBytes: pageBytes - (isHeader ? header.readUInt8(20) : 0),
    read: (number) => {
      if (number < 1 || number > count) return null;
      const page = newer.get(number) ?? readAt(file, (number - 1) * pageBytes, pageBytes);
      return page.byteLength === pageBytes ? page : null;
    },
    close: () => closeSync(file),
  };
}

function pageBytesOf(header: Buffer): number {
  const bytes = header.readUInt16BE(16);
  const isPower = bytes >= 512 && (bytes & (bytes - 1)) === 0;
  if (bytes === 1) return 65_536;
  return isPower ? bytes : USUAL_PAGE_BYTES;
}

function readAt(file: number, position: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  return buffer.subarray(0, readSync(file, buffer, 0, bytes, position));
}

/** The newest committed version of each page in the write-ahead log (section 4 of the format). */
function pagesOfLog(path: string, pageBytes: number): ReadonlyMap<number, Buffer> {
  const committed = new Map<number, Buffer>();
  if (!existsSync(path)) return committed;
  const file = openSync(path, 'r');
  try {
    const salts = readAt(file, 0, WAL_HEADER_BYTES).subarray(16, 24);
    let uncommitted = new Map<number, Buffer>();
    for (let at = WAL_HEADER_BYTES; ; at += FRAME_HEADER_BYTES + pageBytes) {
      const frame = readAt(file, at, FRAME_HEADER_BYTES + pageBytes);
      // A frame with other salts is left from before the log was begun again.
      const isFrame = frame.byteLength === FRAME_HEADER_BYTES + pageBytes && frame.subarray(8, 16).equals(salts);
      if (!isFrame) return committed;
      uncommitted.set(frame.readUInt32BE(0), frame.subarray(FRAME_HEADER_BYTES));
      if (frame.readUInt32BE(4) === 0) continue;
      for (const [number, page] of uncommitted) committed.set(number, page);
      uncommitted = new Map();
    }
  } finally {
    closeSync(file);
  }
}
