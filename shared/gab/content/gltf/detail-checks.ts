import { asObject, has, objectAt, textAt } from '../untyped.ts';
import type { GltfModel } from './gltf-model.ts';
import { below, type Place, placeOf } from './place.ts';

/** Relations between two values of one object that the tables can't express. */
export function checkDetails(model: GltfModel): void {
  checkVersion(model);
  model.list('cameras').forEach((camera, index) => {
    const place = placeOf('cameras', index);
    checkCamera(model, camera, place);
    if (model.isUsed('cameras', index)) checkLens(model, camera, place);
  });
  const lights = placeOf('extensions', 'KHR_lights_punctual', 'lights');
  model.list('lights').forEach((light, index) => {
    checkLight(model, light, below(lights, index));
  });
}

function checkVersion(model: GltfModel): void {
  const asset = objectAt(model.json, 'asset');
  const [version, needed] = ['version', 'minVersion'].map((key) => Number(textAt(asset, key)));
  if (needed !== undefined && version !== undefined && needed > version) report(model, placeOf('asset', 'minVersion'));
}

function checkCamera(model: GltfModel, camera: unknown, place: Place): void {
  const kinds = ['perspective', 'orthographic'].filter((kind) => has(camera, kind));
  if (kinds.length > 1) report(model, place);
  for (const kind of kinds) {
    const lens = objectAt(camera, kind);
    const [near = 0, far = near + 1] = ['znear', 'zfar'].map((key) => numberAt(lens, key));
    if (far <= near) report(model, below(place, kind));
    for (const key of ['xmag', 'ymag']) if (numberAt(lens, key) === 0) report(model, below(place, kind, key));
  }
}

/** The loaders throw at a node whose camera lacks the lens that it names. */
function checkLens(model: GltfModel, camera: unknown, place: Place): void {
  const lens = textAt(camera, 'type');
  if ((lens !== 'perspective' && lens !== 'orthographic') || has(camera, lens)) return;
  model.findings.add({ topic: 'property', reason: 'missing', gravity: 'error', params: { property: lens } }, place);
}

const QUARTER_TURN = Math.PI / 4;

function checkLight(model: GltfModel, light: unknown, place: Place): void {
  if (asObject(light).type !== 'spot') return;
  const spot = objectAt(light, 'spot');
  if (!has(light, 'spot')) report(model, place);
  const [inner = 0, outer = QUARTER_TURN] = ['innerConeAngle', 'outerConeAngle'].map((key) => numberAt(spot, key));
  if (outer <= inner) report(model, below(place, 'spot', 'outerConeAngle'));
}

function numberAt(value: unknown, key: string): number | undefined {
  const number = asObject(value)[key];
  return typeof number === 'number' ? number : undefined;
}

function report(model: GltfModel, place: Place): void {
  const params = { property: String(place?.key ?? '') };
  model.findings.add({ topic: 'property', reason: 'range', gravity: 'warning', params }, place);
}
