import type { CheckedAssets } from './asset-checks.ts';
import type { ModelFacts } from './content/model-facts.ts';
import { faceShapes } from './face-shapes.ts';
import type { FindingList } from './finding-list.ts';
import type { GabManifest, GabShape } from './manifest/manifest.ts';
import { MANIFEST_PATH } from './manifest/read-manifest.ts';
import { missingVisemes, planVisemes } from './viseme-plan.ts';

/** Reports if the mouth would not move. Looks at the model itself if it could be read. */
export function checkFace(manifest: GabManifest, assets: CheckedAssets, findings: FindingList): void {
  const { type, main, binding } = manifest.body;
  const modelId = type === 'model3d' ? main : binding?.model;
  const model = modelId === undefined ? undefined : assets.get(modelId)?.model;
  if (!model) return;
  reportUnknownMorphs(manifest, model, findings);
  if (type !== 'model3d') return;
  const missing = missingVisemes(planVisemes(manifest.face, model));
  if (missing.length === 0) return;
  const path = assets.get(main)?.asset.path;
  const params = { missing: missing.join(' '), missingCount: missing.length };
  findings.add('GAB_W_VISEMES_INCOMPLETE', { ...(path !== undefined && { path }), params });
}

function isMorph(shape: GabShape): shape is Extract<GabShape, { morph: string }> {
  return 'morph' in shape && typeof shape.morph === 'string';
}

function reportUnknownMorphs({ face }: GabManifest, model: ModelFacts, findings: FindingList): void {
  for (const { shape, pointer } of faceShapes(face)) {
    if (!isMorph(shape) || model.morphs.has(shape.morph)) continue;
    const params = { morph: shape.morph };
    findings.add('GAB_W_MORPH_UNKNOWN', { path: MANIFEST_PATH, pointer: `${pointer}/morph`, params });
  }
}
