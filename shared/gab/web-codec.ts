import type { BundleCodec, IncrementalHash, InflateOutcome, InflateRequest } from './codec.ts';

interface WebReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

interface WebWriter {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface WebInflater {
  readonly readable: { getReader(): WebReader };
  readonly writable: { getWriter(): WebWriter };
}

/** The browser APIs that are used: `webCodec({ subtle: crypto.subtle, DecompressionStream })`. */
export interface WebPieces {
  readonly subtle: { digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> };
  readonly DecompressionStream: new (format: 'deflate-raw') => WebInflater;
}

/**
 * The codec for browsers. Web Crypto can only hash in one piece, so one entry at a time is held in
 * memory (64 MiB at most). Bytes after a deflate stream are refused only if the browser refuses
 * them.
 */
export function webCodec({ subtle, DecompressionStream }: WebPieces): BundleCodec {
  const inflate = (request: InflateRequest<AsyncIterable<Uint8Array>>) =>
    pump(new DecompressionStream('deflate-raw'), request);
  return {
    createSha256: () => collectingHash(subtle),
    inflateRaw: (request) => inflate({ ...request, input: once(request.input) }),
    inflateRawStream: inflate,
    inflateRawPrefix: async (compressed, byteCount) => {
      const output = new Collector();
      // The sample is cut off, so this always fails; only the output before the failure matters.
      await inflate({ input: once(compressed), maxOutputBytes: byteCount, onOutput: (bytes) => output.push(bytes) });
      return output.byteLength >= byteCount ? output.toBytes().subarray(0, byteCount) : null;
    },
  };
}

class Collector {
  readonly #pieces: Uint8Array[] = [];
  byteLength = 0;

  push(bytes: Uint8Array): void {
    // A copy: the piece is valid only during the call.
    this.#pieces.push(new Uint8Array(bytes));
    this.byteLength += bytes.byteLength;
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.byteLength);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.byteLength;
    }
    return all;
  }
}

function collectingHash(subtle: WebPieces['subtle']): IncrementalHash {
  const collected = new Collector();
  return {
    update: (bytes) => collected.push(bytes),
    digestHex: async () => toHex(new Uint8Array(await subtle.digest('SHA-256', collected.toBytes()))),
  };
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Writes and reads concurrently; the stream's backpressure limits the bytes in flight. */
async function pump(
  inflater: WebInflater,
  { input, maxOutputBytes, onOutput }: InflateRequest<AsyncIterable<Uint8Array>>,
): Promise<InflateOutcome> {
  const writer = inflater.writable.getWriter();
  const reader = inflater.readable.getReader();
  const fed = feed(writer, input);
  const isWithinLimit = await drain(reader, maxOutputBytes, onOutput).catch(() => null);
  if (isWithinLimit === true && (await fed)) return { ok: true, consumedBytes: null };
  await Promise.allSettled([writer.abort(), reader.cancel(), fed]);
  return { ok: false, failure: isWithinLimit === false ? 'too-long' : 'corrupt' };
}

/** False if the stream refused its input because it is corrupt or has bytes after its end. */
async function feed(writer: WebWriter, input: AsyncIterable<Uint8Array>): Promise<boolean> {
  try {
    // A copy, because the stream may keep it longer than the input allows.
    for await (const bytes of input) await writer.write(new Uint8Array(bytes));
    await writer.close();
    return true;
  } catch {
    return false;
  }
}

/** Passes on at most `maxOutputBytes`. Returns false if there was more. */
async function drain(
  reader: WebReader,
  maxOutputBytes: number,
  onOutput: (bytes: Uint8Array) => void,
): Promise<boolean> {
  let outputBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) return true;
    const allowed = value.subarray(0, maxOutputBytes - outputBytes);
    outputBytes += value.byteLength;
    if (allowed.byteLength > 0) onOutput(allowed);
    if (outputBytes > maxOutputBytes) return false;
  }
}
