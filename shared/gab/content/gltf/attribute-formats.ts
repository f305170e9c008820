// glTF 2.0, section 3.7.2.1, and KHR_mesh_quantization: what the attributes of a vertex may be.

const BYTE = 5120;
const UNSIGNED_BYTE = 5121;
const SHORT = 5122;
const UNSIGNED_SHORT = 5123;
/** WebGL hands whole numbers of this size to shaders that expect floats, and draws nothing. */
export const UNSIGNED_INT = 5125;
export const FLOAT = 5126;

/** Components that indices may have. */
export const indexComponents: ReadonlySet<number> = new Set([UNSIGNED_BYTE, UNSIGNED_SHORT, UNSIGNED_INT]);
/** Components that the values of an animation may have; whole numbers are normalized. */
export const animationComponents: ReadonlySet<number> = new Set([BYTE, UNSIGNED_BYTE, SHORT, UNSIGNED_SHORT, FLOAT]);

interface AttributeFormat {
  readonly types: readonly string[];
  readonly components: readonly number[];
  /** What KHR_mesh_quantization adds. */
  readonly quantized?: readonly number[];
}

const QUANTIZED = [BYTE, UNSIGNED_BYTE, SHORT, UNSIGNED_SHORT];
const SHARES = [FLOAT, UNSIGNED_BYTE, UNSIGNED_SHORT];

const formats: ReadonlyMap<string, AttributeFormat> = new Map([
  ['POSITION', { types: ['VEC3'], components: [FLOAT], quantized: QUANTIZED }],
  ['NORMAL', { types: ['VEC3'], components: [FLOAT], quantized: [BYTE, SHORT] }],
  ['TANGENT', { types: ['VEC4'], components: [FLOAT], quantized: [BYTE, SHORT] }],
  ['TEXCOORD', { types: ['VEC2'], components: SHARES, quantized: QUANTIZED }],
  ['COLOR', { types: ['VEC3', 'VEC4'], components: SHARES }],
  ['JOINTS', { types: ['VEC4'], components: [UNSIGNED_BYTE, UNSIGNED_SHORT] }],
  ['WEIGHTS', { types: ['VEC4'], components: SHARES }],
]);

/** The tangents of morph targets have no handedness. */
const TARGET_TANGENT: AttributeFormat = { types: ['VEC3'], components: [FLOAT], quantized: [BYTE, SHORT] };

/** What three.js calls the attributes that its shaders read; a name in capitals is made lowercase. */
const DRAWN = /^(POSITION|NORMAL|TANGENT|TEXCOORD_[0-3]|COLOR_0|JOINTS_0|WEIGHTS_0)$/;
const DRAWN_BY_OTHER_NAMES = /^(position|normal|tangent|uv[1-3]?|color)$/i;
const DRAWN_IN_TARGETS = /^(POSITION|NORMAL|COLOR_0)$/;

/** Whether the values of an attribute reach the graphics card. `isTarget`: in a morph target. */
export function isDrawn(name: string, isTarget: boolean): boolean {
  return isTarget ? DRAWN_IN_TARGETS.test(name) : DRAWN.test(name) || DRAWN_BY_OTHER_NAMES.test(name);
}

/** Whether a vector has what a shorter one of the `types` has: the rest is not read. */
export function isLongerVector(type: string, types: readonly string[]): boolean {
  return type.startsWith('VEC') && types.some((one) => one.startsWith('VEC') && type > one);
}

const NUMBERED = /^(TEXCOORD|COLOR|JOINTS|WEIGHTS)_(0|[1-9]\d*)$/;

/** `TEXCOORD_1` is number 1 of the set `TEXCOORD`. Null for attributes that have no number. */
export function readNumbered(name: string): { readonly set: string; readonly number: number } | null {
  const [, set, number] = NUMBERED.exec(name) ?? [];
  return set === undefined ? null : { set, number: Number(number) };
}

/** Returns what an attribute may be; null for names that glTF does not define. */
export function formatOf(name: string, isTarget: boolean): AttributeFormat | null {
  if (name === 'TANGENT' && isTarget) return TARGET_TANGENT;
  return formats.get(readNumbered(name)?.set ?? name) ?? null;
}
