import { has, listAt, objectAt, type Untyped } from '../../../shared/gab/content/untyped.ts';
import { loadsWithThreeVrm } from '../../../shared/gab/content/vrm/vrm-model.ts';

/** What a model needs beyond the plain glTF loader, by the extensions that it lists. */
export interface NeededPlugins {
  readonly meshopt: boolean;
  readonly draco: boolean;
  readonly ktx2: boolean;
  readonly vrm: boolean;
  readonly vrmAnimation: boolean;
}

export function findNeededPlugins(json: Untyped): NeededPlugins {
  const used = new Set(['extensionsUsed', 'extensionsRequired'].flatMap((key) => listAt(json, key)));
  const extensions = objectAt(json, 'extensions');
  return {
    meshopt: used.has('EXT_meshopt_compression') || used.has('KHR_meshopt_compression'),
    draco: used.has('KHR_draco_mesh_compression'),
    ktx2: used.has('KHR_texture_basisu'),
    vrm: loadsWithThreeVrm(json),
    vrmAnimation: has(extensions, 'VRMC_vrm_animation'),
  };
}
