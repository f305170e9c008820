import { GlbWalker } from '../../../shared/gab/content/glb-walker.ts';
import { readGlbJson } from '../../../shared/gab/content/read-glb-json.ts';
import type { Untyped } from '../../../shared/gab/content/untyped.ts';
import { PreviewFailure } from '../failure.ts';

/** The JSON of a binary glTF and its binary chunk. */
export interface GlbParts {
  readonly json: Untyped;
  /** Empty if there is no binary chunk. */
  readonly binary: Uint8Array;
}

const CHUNK_HEADERS_BYTES = 12 + 8;

export function readGlb(bytes: Uint8Array): GlbParts {
  const walker = new GlbWalker();
  walker.push(bytes);
  const { fault, json, binaryBytes } = walker.finish(bytes.byteLength);
  if (fault) throw new PreviewFailure('damaged', `the model is not a whole GLB file: ${fault}`);
  const parsed = readGlbJson(json);
  if (parsed.fault) throw new PreviewFailure('damaged', `the model has no readable JSON: ${parsed.fault.kind}`);
  const binaryAt = CHUNK_HEADERS_BYTES + json.byteLength + 8;
  return {
    json: parsed.value,
    binary: binaryBytes === null ? new Uint8Array() : bytes.subarray(binaryAt, binaryAt + binaryBytes),
  };
}
