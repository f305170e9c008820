import { glbProbe } from '../../shared/gab/content/glb-checks.ts';
import type { ContentFinding } from '../../shared/gab/content/probe.ts';
import { testCodec } from './inspect-bytes.ts';
import { makeRichJson, packRich } from './rich-model.ts';
import type { LooseJson } from './vrm-json.ts';

export type ModelChange = (json: LooseJson) => unknown;
/** A change of the model that uses every part of glTF, and what is found then. */
export type ModelCase = readonly [what: string, change: ModelChange, finding: string];

/** Sizes of pieces that split values, views and the header of the file. */
export const PIECE_SIZES = [1, 7, 64, 100_000];

/** Checks a model in a GLB that arrives in pieces of this size. */
export async function checkModelFile(bytes: Buffer, pieceBytes = 7): Promise<readonly ContentFinding[]> {
  const probe = glbProbe({ kind: 'model', format: 'glb' });
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) probe.push(bytes.subarray(at, at + pieceBytes));
  const { findings } = await probe.finish(bytes.byteLength, testCodec);
  return findings;
}

/** The same findings, each as its code, reason and pointer. */
export async function modelFindings(bytes: Buffer, pieceBytes = 7): Promise<string[]> {
  const findings = await checkModelFile(bytes, pieceBytes);
  return findings.map(({ code, pointer, params }) => `${code} ${String(params?.reason)} ${pointer}`);
}

/** The findings about the model that uses every part of glTF, after a change. */
export function changedFindings(change: ModelChange): Promise<string[]> {
  const json = makeRichJson();
  change(json);
  return modelFindings(packRich(json));
}
