import type { BundleReference } from '../../shared/contract/bundle-reference.ts';
import { uuidSchema } from '../../shared/domain/ids.ts';

/** A bundle's relative address, the same in both shells. It names a thing of the account, never a file. */
export function bundleAddress(bundle: BundleReference): string {
  return bundle.kind === 'version' ? `media/bundles/${bundle.versionUuid}` : `media/staged-bundles/${bundle.stageId}`;
}

/** Reads an address that came from the renderer; null for anything that is none. */
export function parseBundleAddress(path: string): BundleReference | null {
  const [address = ''] = path.split('?', 1);
  const [media, group, id, ...rest] = address.split('/');
  const uuid = uuidSchema.safeParse(id);
  if (media !== 'media' || rest.length > 0 || !uuid.success) return null;
  if (group === 'bundles') return { kind: 'version', versionUuid: uuid.data };
  return group === 'staged-bundles' ? { kind: 'staged', stageId: uuid.data } : null;
}
