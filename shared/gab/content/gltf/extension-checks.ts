import { has, listAt, objectAt, type Untyped } from '../untyped.ts';
import { documentShape } from './document-shape.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Gravity } from './model-findings.ts';
import { below, type Place, placeOf } from './place.ts';
import type { Property, Shape } from './property.ts';

/** Every extension that the tables describe, whatever object it belongs to. */
const knownExtensions: ReadonlySet<string> = new Set(['KHR_mesh_quantization', ...extensionsIn(documentShape)]);

function extensionsIn(shape: Shape): string[] {
  const here = Object.entries(shape.extensions ?? {});
  return [
    ...here.flatMap(([name, extension]) => [name, ...extensionsIn(extension)]),
    ...Object.values(shape.properties).flatMap((property) => shapesIn(property).flatMap(extensionsIn)),
  ];
}

function shapesIn(property: Property): Shape[] {
  if (property.kind === 'object') return [property.shape];
  return property.kind === 'list' || property.kind === 'map' ? shapesIn(property.items) : [];
}

/** Whether the tables know what each extension of the model may refer to. */
export function knowsAllExtensions(model: GltfModel): boolean {
  const names = [...model.declared];
  return !model.hasUnknownExtensions && names.every((name) => typeof name === 'string' && knownExtensions.has(name));
}

/**
 * The loaders decide by the list of used extensions whether to prepare for these, and throw or draw
 * something wrong if an object uses one that is not in the list.
 */
const MUST_BE_DECLARED = new Set([
  'KHR_draco_mesh_compression',
  'KHR_materials_unlit',
  'KHR_meshopt_compression',
  'KHR_texture_basisu',
  'EXT_meshopt_compression',
]);

interface DescribedExtension {
  readonly value: Untyped;
  readonly shape: Shape;
  readonly place: Place;
}

/** Checks the extensions of one object and returns those whose content is to be checked. */
export function checkExtensions(model: GltfModel, holder: Untyped, shape: Shape, place: Place): DescribedExtension[] {
  if (!has(holder, 'extensions')) return [];
  const extensions = objectAt(holder, 'extensions');
  const described: DescribedExtension[] = [];
  for (const [name, value] of Object.entries(extensions)) {
    const at = below(place, 'extensions', name);
    const shapeHere = shape.extensions && Object.hasOwn(shape.extensions, name) ? shape.extensions[name] : undefined;
    const report = (reason: string, gravity: Gravity) =>
      model.findings.add({ topic: 'property', reason, gravity, params: { property: name } }, at);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      report('kind', shapeHere ? 'error' : 'warning');
      continue;
    }
    if (!knownExtensions.has(name)) model.hasUnknownExtensions = true;
    // VRM data has its own checks, which know whether the loaders find it.
    if (!model.declared.has(name) && !name.startsWith('VRM'))
      report('undeclared', gravityOfUndeclared(name, shapeHere !== undefined));
    if (shapeHere) described.push({ value: objectAt(extensions, name), shape: shapeHere, place: at });
    else if (knownExtensions.has(name)) report('extension-place', 'warning');
  }
  return described;
}

/** How bad it is to use an extension without saying so. */
function gravityOfUndeclared(name: string, isDescribed: boolean): Gravity {
  if (MUST_BE_DECLARED.has(name) && isDescribed) return 'error';
  return knownExtensions.has(name) ? 'warning' : 'note';
}

/** The two lists of extensions. */
export function checkExtensionLists(model: GltfModel): void {
  const required = listAt(model.json, 'extensionsRequired');
  required.forEach((name, index) => {
    // One that the runtime lacks is reported elsewhere.
    if (model.declared.has(name) || typeof name !== 'string' || !knownExtensions.has(name)) return;
    const params = { property: name };
    const place = placeOf('extensionsRequired', index);
    model.findings.add({ topic: 'property', reason: 'undeclared', gravity: 'warning', params }, place);
  });
  const used = listAt(model.json, 'extensionsUsed').indexOf('KHR_mesh_quantization');
  if (used < 0 || required.includes('KHR_mesh_quantization')) return;
  const params = { property: 'KHR_mesh_quantization' };
  model.findings.add(
    { topic: 'property', reason: 'not-required', gravity: 'note', params },
    placeOf('extensionsUsed', used),
  );
}
