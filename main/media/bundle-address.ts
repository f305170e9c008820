import { type BundleReference, bundleReferenceSchema } from '../../shared/contract/bundle-reference.ts';

/**
 * A bundle's relative address, the same in both shells. It names an object of the account, never a
 * file path.
 */
export function bundleAddress(bundle: BundleReference): string {
  return bundle.kind === 'version' ? `media/bundles/${bundle.versionUuid}` : `media/staged-bundles/${bundle.stageId}`;
}

/** Parses an address from the renderer; returns null if it is invalid. */
export function parseBundleAddress(path: string): BundleReference | null {
  const [address = ''] = path.split('?', 1);
  const [media, group, id, ...rest] = address.split('/');
  if (media !== 'media' || rest.length > 0) return null;
  if (group === 'bundles') return bundleReferenceSchema.safeParse({ kind: 'version', versionUuid: id }).data ?? null;
  if (group !== 'staged-bundles') return null;
  return bundleReferenceSchema.safeParse({ kind: 'staged', stageId: id }).data ?? null;
}
