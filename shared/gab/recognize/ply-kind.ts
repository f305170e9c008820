/** What a PLY file contains, according to the property lines of its header. */
export type PlyKind = 'splat' | 'supersplat' | 'mesh';

/** Splats packed by SuperSplat (playcanvas/splat-transform, `compressed.ply`). */
const PACKED_POSITION = /\nproperty uint packed_position\r?\n/;
/** A mesh or a plain cloud of points has none of them. */
const ONLY_IN_SPLATS = /\nproperty \w+ (?:f_dc_0|opacity|scale_0|rot_0)\r?\n/;

/** `header`: the text up to `end_header`; it may be wrong in any other way. */
export function plyKindOf(header: string): PlyKind {
  if (PACKED_POSITION.test(header)) return 'supersplat';
  return ONLY_IN_SPLATS.test(header) ? 'splat' : 'mesh';
}
