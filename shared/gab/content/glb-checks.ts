import type { TextureSummary } from '../compare/bundle-summary.ts';
import type { ParsedObject } from '../json/decode-json.ts';
import { MAX_TRIANGLES } from '../limits.ts';
import type { GabAsset } from '../manifest/manifest.ts';
import { EmbeddedImages } from './embedded-images.ts';
import { type BinaryWatcher, type GlbFrame, GlbWalker } from './glb-walker.ts';
import { GltfCheck } from './gltf/gltf-check.ts';
import { type ModelFacts, readModelFacts } from './model-facts.ts';
import { summarizeModel } from './model-summary.ts';
import { type ContentFinding, type ContentProbe, type ContentResult, found } from './probe.ts';
import { isPaddedWithNul, readGlbJson } from './read-glb-json.ts';
import { SUPPORTED_EXTENSIONS } from './supported-extensions.ts';
import { countAt, has, listAt, objectAt, textAt, type Untyped } from './untyped.ts';
import { checkVrm } from './vrm/check-vrm.ts';

/** Checks a binary glTF: a model, a VRM or an animation. */
export function glbProbe(asset: Pick<GabAsset, 'kind' | 'format'>): ContentProbe {
  const model = new GlbModel();
  const walker = new GlbWalker((json) => model.open(json));
  return {
    push: (bytes) => walker.push(bytes),
    finish: (sizeBytes) => judge({ ...walker.finish(sizeBytes), sizeBytes }, model, asset),
  };
}

/** The JSON of a model, parsed once: when its binary chunk starts, or at the end if it has none. */
class GlbModel {
  #parsed: ParsedObject | null = null;
  #images: EmbeddedImages | null = null;
  #check: GltfCheck | null = null;

  open(json: Uint8Array): BinaryWatcher | null {
    const { value, fault } = this.parse(json);
    if (fault) return null;
    const images = new EmbeddedImages(value);
    const check = new GltfCheck(value);
    this.#images = images;
    this.#check = check;
    return (bytes, offset) => {
      images.push(bytes, offset);
      check.push(bytes, offset);
    };
  }

  parse(json: Uint8Array): ParsedObject {
    this.#parsed ??= readGlbJson(json);
    return this.#parsed;
  }

  /** What is wrong inside, once all bytes have arrived. */
  findings(gltf: Untyped): ContentFinding[] {
    return (this.#check ?? new GltfCheck(gltf)).finish();
  }

  textures(gltf: Untyped): TextureSummary[] {
    return (this.#images ?? new EmbeddedImages(gltf)).textures();
  }
}

type MeasuredFrame = GlbFrame & { readonly sizeBytes: number };

function judge(frame: MeasuredFrame, glb: GlbModel, asset: Pick<GabAsset, 'kind' | 'format'>): ContentResult {
  if (frame.fault === 'signature') return found('GAB_E_ASSET_TYPE', { reason: 'content', expected: asset.format });
  if (frame.fault) return found('GAB_E_GLB', frameParams(frame.fault, frame));
  const { value, fault } = glb.parse(frame.json);
  if (fault && isPaddedWithNul(frame.json)) return found('GAB_E_GLB', { reason: 'json-padding' });
  if (fault) return found('GAB_E_GLB', { reason: 'json', detail: fault.kind, position: fault.position });
  const damage = findDamage(value, frame);
  if (damage) return found('GAB_E_GLB', damage, damage.reason === 'gltf-version' ? '/asset' : '/buffers/0');
  const vrm = checkVrm(value);
  const model = readModelFacts(value, vrm.expressions);
  return {
    findings: [...checkModel(model, asset), ...glb.findings(value), ...vrm.findings],
    model,
    summary: { model: summarizeModel(value, model, glb.textures(value)) },
  };
}

function frameParams(reason: string, { version, declaredBytes, sizeBytes }: MeasuredFrame): Damage {
  if (reason === 'version') return { reason, version };
  return reason === 'truncated' || reason === 'trailing-data' ? { reason, declaredBytes, sizeBytes } : { reason };
}

/** Why a model is damaged, as the parameters of its finding. */
type Damage = { readonly reason: string } & NonNullable<ContentFinding['params']>;

function findDamage(gltf: Untyped, { binaryBytes }: GlbFrame): Damage | null {
  const version = textAt(objectAt(gltf, 'asset'), 'version');
  if (!version?.startsWith('2.')) return { reason: 'gltf-version', ...(version !== undefined && { version }) };
  const [first] = listAt(gltf, 'buffers');
  if (first === undefined || has(first, 'uri') || usesMeshoptFallback(first)) return null;
  const declaredBytes = countAt(first, 'byteLength');
  if (declaredBytes === undefined) return { reason: 'buffer-length' };
  if (binaryBytes === null) return { reason: 'buffer-missing', declaredBytes };
  if (declaredBytes > binaryBytes) return { reason: 'buffer-shorter', declaredBytes, binaryBytes };
  // The binary chunk may be up to three bytes longer than the buffer it holds (glTF 2.0, 3.6.1.2).
  // three.js ignores more of them, but nothing may be in a bundle that no check sees.
  return binaryBytes - declaredBytes < 4 ? null : { reason: 'buffer-longer', declaredBytes, binaryBytes };
}

/**
 * EXT_meshopt_compression may describe a buffer that is not in the file and is only filled by the
 * decoder.
 */
function usesMeshoptFallback(buffer: unknown): boolean {
  return has(objectAt(buffer, 'extensions'), 'EXT_meshopt_compression');
}

function checkModel(model: ModelFacts, { kind, format }: Pick<GabAsset, 'kind' | 'format'>): ContentFinding[] {
  const findings: ContentFinding[] = [];
  if (format === 'vrm' && !model.isVrm) findings.push({ code: 'GAB_E_GLB', params: { reason: 'no-vrm-data' } });
  for (const pointer of model.externalUris) findings.push({ code: 'GAB_E_GLB_EXTERNAL_URI', pointer });
  model.requiredExtensions.forEach((extension, index) => {
    if (SUPPORTED_EXTENSIONS.has(extension)) return;
    findings.push({ code: 'GAB_W_GLB_EXTENSION', pointer: `/extensionsRequired/${index}`, params: { extension } });
  });
  if (kind === 'model' && model.triangles > MAX_TRIANGLES) {
    findings.push({ code: 'GAB_W_GLB_BUDGET', params: { triangles: model.triangles, maxTriangles: MAX_TRIANGLES } });
  }
  return findings;
}
