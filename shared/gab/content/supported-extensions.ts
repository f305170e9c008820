/**
 * The glTF extensions that the loader of runtime 1.0 (three's GLTFLoader) draws. A test compares
 * them with the installed loader.
 */
const gltfExtensions = [
  'KHR_draco_mesh_compression',
  'KHR_lights_punctual',
  'KHR_materials_anisotropy',
  'KHR_materials_clearcoat',
  'KHR_materials_diffuse_roughness',
  'KHR_materials_dispersion',
  'KHR_materials_emissive_strength',
  'KHR_materials_ior',
  'KHR_materials_iridescence',
  'KHR_materials_sheen',
  'KHR_materials_specular',
  'KHR_materials_transmission',
  'KHR_materials_unlit',
  'KHR_materials_volume',
  'KHR_mesh_quantization',
  'KHR_meshopt_compression',
  'KHR_texture_basisu',
  'KHR_texture_transform',
  'EXT_materials_bump',
  'EXT_mesh_gpu_instancing',
  'EXT_meshopt_compression',
  'EXT_texture_avif',
  'EXT_texture_webp',
] as const;

/** The extensions that @pixiv/three-vrm and three-vrm-animation add to it; compared as well. */
export const vrmExtensions = [
  'VRM',
  'VRMC_materials_hdr_emissiveMultiplier',
  'VRMC_materials_mtoon',
  'VRMC_node_constraint',
  'VRMC_springBone',
  'VRMC_springBone_extended_collider',
  'VRMC_vrm',
  'VRMC_vrm_animation',
] as const;

/** Required glTF extensions that runtime 1.0 draws (gab-format 4). */
export const SUPPORTED_EXTENSIONS: ReadonlySet<string> = new Set([...gltfExtensions, ...vrmExtensions]);
