import { LAST_GZIP_VERSION } from '../../../shared/gab/content/spz-header.ts';
import type { SplatFacts } from './splat-facts.ts';

/** The bytes of a splat in a form that Spark reads: SPZ version 4 becomes version 3. */
export async function readableBySpark(
  bytes: Uint8Array<ArrayBuffer>,
  { version }: SplatFacts,
): Promise<Uint8Array<ArrayBuffer>> {
  if (version === null || version <= LAST_GZIP_VERSION) return bytes;
  const { toVersion3 } = await import('./spz-version-4.ts');
  return toVersion3(bytes);
}
