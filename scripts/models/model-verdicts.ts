// oxlint-disable-next-line typescript/triple-slash-reference -- types for all programs that load this file
/// <reference path="./gltf-validator.d.ts" />
import { validateBytes } from 'gltf-validator';
import { nodeCodec } from '../../node/bundle-codec.ts';
import { gabCodes } from '../../shared/gab/codes.ts';
import { glbProbe } from '../../shared/gab/content/glb-checks.ts';
import type { ContentFinding } from '../../shared/gab/content/probe.ts';
import type { LoadOutcome } from './loading/model-loader.ts';

/** What the check of bundles says about a model. */
export const ourVerdicts = ['silent', 'noted', 'warned', 'blocked', 'refused'] as const;
export type OurVerdict = (typeof ourVerdicts)[number];

/** What Khronos' validator says about it. */
export type ValidatorVerdict = 'clean' | 'errors';

/** What the loaders of the preview do with it. */
export type LoaderVerdict = 'loads' | 'draws wrong' | 'fails';

export type ModelFormat = 'glb' | 'vrm' | 'vrma';

export interface OurJudgment {
  readonly verdict: OurVerdict;
  readonly findings: readonly ContentFinding[];
}

/** Codes about a file that is not a readable model at all. */
const UNREADABLE: ReadonlySet<string> = new Set(['GAB_E_GLB', 'GAB_E_ASSET_TYPE']);

/** Checks a model as part of a bundle. */
export async function checkModel(bytes: Uint8Array, format: ModelFormat): Promise<OurJudgment> {
  const probe = glbProbe({ kind: format === 'vrma' ? 'animation' : 'model', format });
  probe.push(bytes);
  const { findings } = await probe.finish(bytes.byteLength, nodeCodec);
  return { verdict: verdictOf(findings), findings };
}

function verdictOf(findings: readonly ContentFinding[]): OurVerdict {
  if (findings.some(({ code }) => UNREADABLE.has(code))) return 'refused';
  const facts = findings.map(({ code }) => gabCodes[code]);
  if (facts.some(({ severity, star }) => severity === 'error' || star)) return 'blocked';
  if (facts.some(({ severity }) => severity === 'warning')) return 'warned';
  return findings.length > 0 ? 'noted' : 'silent';
}

export async function validateModel(bytes: Uint8Array): Promise<ValidatorVerdict> {
  const { issues } = await validateBytes(bytes, { format: 'glb', maxIssues: 0 });
  return issues.numErrors > 0 ? 'errors' : 'clean';
}

export function loaderVerdict(outcome: LoadOutcome): LoaderVerdict {
  if (!outcome.ok) return 'fails';
  return outcome.faults.length > 0 ? 'draws wrong' : 'loads';
}
