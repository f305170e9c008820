import { sha256Hex } from '../../node/sha256.ts';
import { type CutParameters, createCutFinder } from '../../shared/gab/content-cuts.ts';

/** Where the content is cut, the end included. */
export function cutsOf(bytes: Uint8Array, parameters: CutParameters): number[] {
  const findCut = createCutFinder(parameters);
  const cuts: number[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    at = findCut(bytes, at, bytes.byteLength);
    cuts.push(at);
  }
  return cuts;
}

/** The hashes of the pieces. */
export function piecesOf(bytes: Uint8Array, parameters: CutParameters): Set<string> {
  const cuts = cutsOf(bytes, parameters);
  return new Set(cuts.map((cut, index) => sha256Hex(bytes.subarray(cuts[index - 1] ?? 0, cut))));
}
