import { createHash } from 'node:crypto';
import { crc32, inflateRawSync } from 'node:zlib';

// Two ZIP readers that share no code with shared/gab. The forward one uses only local headers, like
// streaming readers, and detects the end of a deflate stream itself. The backward one uses only the
// directory. They read only files that our reader accepts: all three must see the same entries.

export interface SeenEntry {
  readonly path: string;
  readonly content: Buffer;
  readonly crc32: number;
  readonly sha256: string;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATED = 8;
const MAX_ENTRY_BYTES = 64 * 1024 * 1024;

function seen(path: string, content: Buffer): SeenEntry {
  return { path, content, crc32: crc32(content), sha256: createHash('sha256').update(content).digest('hex') };
}

/** Inflates from the start of `input` and reports how many bytes the stream used. */
function inflate(input: Buffer): { content: Buffer; takenBytes: number } {
  if (input.byteLength === 0) throw new Error('no data for a deflate stream');
  const { buffer, engine } = inflateRawSync(input, { info: true, maxOutputLength: MAX_ENTRY_BYTES }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  return { content: buffer, takenBytes: engine.bytesWritten };
}

/**
 * Reads entries in file order and returns the offset of whatever follows them. Throws if the file
 * is malformed.
 */
export function readForward(bytes: Buffer): { readonly entries: SeenEntry[]; readonly endOffset: number } {
  const entries: SeenEntry[] = [];
  let at = 0;
  while (bytes.readUInt32LE(at) === LOCAL) {
    const nameAt = at + 30;
    const nameEnd = nameAt + bytes.readUInt16LE(at + 26);
    const dataAt = nameEnd + bytes.readUInt16LE(at + 28);
    const path = bytes.toString('latin1', nameAt, nameEnd);
    const isDeflated = bytes.readUInt16LE(at + 8) === DEFLATED;
    const storedBytes = bytes.readUInt32LE(at + 22);
    const { content, takenBytes } = isDeflated
      ? inflate(bytes.subarray(dataAt))
      : { content: bytes.subarray(dataAt, dataAt + storedBytes), takenBytes: storedBytes };
    entries.push(seen(path, content));
    at = dataAt + takenBytes;
  }
  return { entries, endOffset: at };
}

/** Reads entries in the order of the directory. Throws if the file is malformed. */
export function readBackward(bytes: Buffer): { readonly entries: SeenEntry[]; readonly directoryOffset: number } {
  const endAt = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (endAt < 0 || bytes.readUInt32LE(endAt) !== END) throw new Error('no end record');
  const directoryOffset = bytes.readUInt32LE(endAt + 16);
  const entries: SeenEntry[] = [];
  let at = directoryOffset;
  for (let left = bytes.readUInt16LE(endAt + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw new Error(`no directory record at ${at}`);
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    entries.push(seen(bytes.toString('latin1', at + 46, nameEnd), contentOf(bytes, at)));
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { entries, directoryOffset };
}

function contentOf(bytes: Buffer, recordAt: number): Buffer {
  const localAt = bytes.readUInt32LE(recordAt + 42);
  const dataAt = localAt + 30 + bytes.readUInt16LE(localAt + 26) + bytes.readUInt16LE(localAt + 28);
  const data = bytes.subarray(dataAt, dataAt + bytes.readUInt32LE(recordAt + 20));
  return bytes.readUInt16LE(recordAt + 10) === DEFLATED ? inflate(data).content : data;
}
