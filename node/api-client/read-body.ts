import { joinBytes } from '../../shared/lib/bytes.ts';
import { MIB } from '../../shared/lib/sizes.ts';

/**
 * The largest answers are full pages of the change feed: 1 MiB as a rule, 30 MiB if every version
 * has as many findings as possible.
 */
export const MAX_RESPONSE_BYTES = 32 * MIB;

/** A server sent more than any response of this API has. Thrown while reading it. */
export class ResponseTooLargeError extends Error {
  readonly limitBytes: number;

  constructor(limitBytes: number) {
    super(`A response has more than ${limitBytes} bytes`);
    this.name = 'ResponseTooLargeError';
    this.limitBytes = limitBytes;
  }
}

/**
 * Reads a body, at most `limitBytes` of it. The bytes are counted as they arrive, after they were
 * decompressed: a small compressed body may become a large one. Throws a `ResponseTooLargeError`
 * and network errors.
 */
export async function readBytes(response: Response, limitBytes: number = MAX_RESPONSE_BYTES): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  let sizeBytes = 0;
  // Leaving the loop cancels the body.
  for await (const block of response.body ?? []) {
    sizeBytes += block.byteLength;
    if (sizeBytes > limitBytes) throw new ResponseTooLargeError(limitBytes);
    blocks.push(block);
  }
  return joinBytes(blocks);
}

/** The body as JSON, or undefined if it isn't JSON. Throws what `readBytes` throws. */
export async function readJson(response: Response): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(response));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
