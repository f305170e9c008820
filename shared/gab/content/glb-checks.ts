import type { TextureSummary } from '../compare/bundle-summary.ts';
import type { ParsedObject } from '../json/decode-json.ts';
import { MAX_TRIANGLES } from '../limits.ts';
import type { GabAsset } from '../manifest/manifest.ts';
import { EmbeddedImages } from './embedded-images.ts';
import { findDamage, type GlbDamage } from './glb-damage.ts';
import { type BinaryWatcher, type GlbFrame, GlbWalker } from './glb-walker.ts';
import { GltfCheck } from './gltf/gltf-check.ts';
import { type ModelFacts, readModelFacts } from './model-facts.ts';
import { summarizeModel } from './model-summary.ts';
import { type ContentFinding, type ContentProbe, type ContentResult, found } from './probe.ts';
import { isPaddedWithNul, readGlbJson } from './read-glb-json.ts';
import { SUPPORTED_EXTENSIONS } from './supported-extensions.ts';
import type { Untyped } from './untyped.ts';
import { checkVrm } from './vrm/check-vrm.ts';

/** Checks a binary glTF: a model, a VRM or an animation. */
export function glbProbe(asset: Pick<GabAsset, 'kind' | 'format'>): ContentProbe {
  const model = new GlbModel();
  const walker = new GlbWalker((json, binaryBytes) => model.open(json, binaryBytes));
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

  open(json: Uint8Array, binaryBytes: number): BinaryWatcher | null {
    const { value, fault } = this.parse(json);
    // What is damaged is refused; its values are not read.
    if (fault || findDamage(value, binaryBytes)) return null;
    const images = new EmbeddedImages(value);
    const check = new GltfCheck(value, binaryBytes);
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
    return (this.#check ?? new GltfCheck(gltf, 0)).finish();
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
  const damage = findDamage(value, frame.binaryBytes);
  if (damage) return found('GAB_E_GLB', damage, damage.reason === 'gltf-version' ? '/asset' : '/buffers/0');
  const vrm = checkVrm(value);
  const model = readModelFacts(value, vrm.expressions);
  return {
    findings: [...checkModel(model, asset), ...glb.findings(value), ...vrm.findings],
    model,
    summary: { model: summarizeModel(value, model, glb.textures(value)) },
  };
}

function frameParams(reason: string, { version, declaredBytes, sizeBytes }: MeasuredFrame): GlbDamage {
  if (reason === 'version') return { reason, version };
  return reason === 'truncated' || reason === 'trailing-data' ? { reason, declaredBytes, sizeBytes } : { reason };
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
