import { countAt, has, listAt, objectAt, textAt, type Untyped } from './untyped.ts';
import { readVrmExpressions } from './vrm/check-vrm.ts';

/**
 * What a model needs and offers, computed from its own JSON and never from the manifest (gab-format
 * 6).
 */
export interface ModelFacts {
  readonly requiredExtensions: readonly string[];
  readonly morphs: ReadonlySet<string>;
  readonly clips: ReadonlySet<string>;
  /** Sum over all meshes, each counted once. */
  readonly triangles: number;
  /** JSON pointers of buffers and images outside the file. */
  readonly externalUris: readonly string[];
  readonly isVrm: boolean;
  /**
   * VRM expressions that move something in the scene, by their VRM 1.0 names: presets and the
   * file's own.
   */
  readonly vrmExpressions: ReadonlySet<string>;
  readonly vrmMeta: { readonly version: 0 | 1; readonly meta: Untyped } | null;
}

const TRIANGLES = 4;
const TRIANGLE_STRIP = 5;
const TRIANGLE_FAN = 6;

/** `vrmExpressions` are those of `readVrmExpressions`, if they are known already. */
export function readModelFacts(gltf: Untyped, vrmExpressions = readVrmExpressions(gltf)): ModelFacts {
  const extensions = objectAt(gltf, 'extensions');
  return {
    requiredExtensions: listAt(gltf, 'extensionsRequired').filter((name) => typeof name === 'string'),
    morphs: findMorphs(gltf),
    clips: new Set(listAt(gltf, 'animations').flatMap((clip) => textAt(clip, 'name') ?? [])),
    triangles: countTriangles(gltf),
    externalUris: findExternalUris(gltf),
    isVrm: has(extensions, 'VRMC_vrm') || has(extensions, 'VRM'),
    vrmExpressions,
    vrmMeta: findVrmMeta(extensions),
  };
}

function primitivesOf(gltf: Untyped): readonly unknown[] {
  return listAt(gltf, 'meshes').flatMap((mesh) => listAt(mesh, 'primitives'));
}

/**
 * The names are in `extras.targetNames` of the mesh (glTF 2.0, 3.7.2.2) or, with some writers, of
 * the primitive.
 */
function findMorphs(gltf: Untyped): Set<string> {
  const morphs = new Set<string>();
  for (const mesh of listAt(gltf, 'meshes')) {
    for (const holder of [mesh, ...listAt(mesh, 'primitives')]) {
      for (const name of listAt(objectAt(holder, 'extras'), 'targetNames'))
        if (typeof name === 'string') morphs.add(name);
    }
  }
  return morphs;
}

function countTriangles(gltf: Untyped): number {
  const accessors = listAt(gltf, 'accessors');
  return primitivesOf(gltf).reduce((sum: number, primitive) => {
    const index = countAt(primitive, 'indices') ?? countAt(objectAt(primitive, 'attributes'), 'POSITION');
    const corners = index === undefined ? 0 : (countAt(accessors[index], 'count') ?? 0);
    return sum + trianglesOf(corners, countAt(primitive, 'mode') ?? TRIANGLES);
  }, 0);
}

function trianglesOf(corners: number, mode: number): number {
  if (mode === TRIANGLES) return Math.floor(corners / 3);
  return mode === TRIANGLE_STRIP || mode === TRIANGLE_FAN ? Math.max(0, corners - 2) : 0;
}

function findExternalUris(gltf: Untyped): string[] {
  return ['buffers', 'images'].flatMap((list) =>
    listAt(gltf, list).flatMap((item, index) => (isExternal(item) ? `/${list}/${index}/uri` : [])),
  );
}

function isExternal(item: unknown): boolean {
  return has(item, 'uri') && !/^data:/i.test(textAt(item, 'uri') ?? '');
}

function findVrmMeta(extensions: Untyped): ModelFacts['vrmMeta'] {
  if (has(extensions, 'VRMC_vrm')) return { version: 1, meta: objectAt(objectAt(extensions, 'VRMC_vrm'), 'meta') };
  return has(extensions, 'VRM') ? { version: 0, meta: objectAt(objectAt(extensions, 'VRM'), 'meta') } : null;
}
