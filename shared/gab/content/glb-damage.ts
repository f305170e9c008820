import type { ContentFinding } from './probe.ts';
import { asObject, countAt, has, listAt, objectAt, textAt, type Untyped } from './untyped.ts';

/** Why a model is damaged, as the parameters of its finding. */
export type GlbDamage = { readonly reason: string } & NonNullable<ContentFinding['params']>;

/**
 * Whether the JSON of a model describes the binary chunk that follows it; `binaryBytes` is the
 * length of that, or null if there is none.
 */
export function findDamage(gltf: Untyped, binaryBytes: number | null): GlbDamage | null {
  const version = textAt(objectAt(gltf, 'asset'), 'version');
  if (!version?.startsWith('2.')) return { reason: 'gltf-version', ...(version !== undefined && { version }) };
  const [first] = listAt(gltf, 'buffers');
  if (first === undefined || has(first, 'uri') || isUnreadFallback(gltf, first)) return null;
  const declaredBytes = countAt(first, 'byteLength');
  if (declaredBytes === undefined) return { reason: 'buffer-length' };
  if (binaryBytes === null) return { reason: 'buffer-missing', declaredBytes };
  if (declaredBytes > binaryBytes) return { reason: 'buffer-shorter', declaredBytes, binaryBytes };
  // The binary chunk may be up to three bytes longer than the buffer it holds (glTF 2.0, 3.6.1.2).
  // three.js ignores more of them, but nothing may be in a bundle that no check sees.
  return binaryBytes - declaredBytes < 4 ? null : { reason: 'buffer-longer', declaredBytes, binaryBytes };
}

const MESHOPT_EXTENSIONS = ['EXT_meshopt_compression', 'KHR_meshopt_compression'] as const;

/**
 * EXT_meshopt_compression may describe a buffer that is not in the file, for programs without the
 * extension. The decoder fills the views in it, so that nothing else may be there.
 */
function isUnreadFallback(gltf: Untyped, first: unknown): boolean {
  if (!meshoptOf(first).some(({ fallback }) => fallback === true)) return false;
  return listAt(gltf, 'bufferViews').every((view) => {
    const compressions = meshoptOf(view);
    const sources = compressions.length > 0 ? compressions : [asObject(view)];
    return sources.every(({ buffer }) => buffer !== 0);
  });
}

function meshoptOf(value: unknown): Untyped[] {
  const extensions = objectAt(value, 'extensions');
  return MESHOPT_EXTENSIONS.filter((name) => has(extensions, name)).map((name) => objectAt(extensions, name));
}
