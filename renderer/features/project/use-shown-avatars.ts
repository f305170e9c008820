import { useMemo } from 'react';
import type { AvatarView } from '../../../shared/contract/library.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { filterAvatars, sortAvatars } from '../../stores/library/avatar-rules.ts';
import { useTransfers } from '../../stores/transfers/transfers-store.ts';
import { useView } from '../../stores/view/view-store.ts';

/** A card shows an avatar, or an upload that is not an avatar yet. */
export type CardItem =
  | { readonly kind: 'avatar'; readonly id: string; readonly avatar: AvatarView }
  | { readonly kind: 'arriving'; readonly id: string; readonly transfer: TransferView };

const ARRIVING = new Set<TransferView['state']>(['waiting', 'sending', 'checking', 'paused', 'failed', 'refused']);

/**
 * The new version may be in the library a moment before its transfer ends; it must not be shown
 * twice.
 */
function hasArrived(transfer: TransferView, avatars: readonly AvatarView[]): boolean {
  return avatars.some(({ versions }) =>
    versions.some(
      (version) =>
        version.fileName === transfer.fileName &&
        version.sizeBytes === transfer.totalBytes &&
        version.createdAt >= transfer.createdAt,
    ),
  );
}

interface Arrivals {
  readonly projectUuid: string;
  readonly transfers: readonly TransferView[];
  readonly avatars: readonly AvatarView[];
}

/** Uploads of this project that are not avatars yet, or were refused and never will be. */
export function arrivingIn({ projectUuid, transfers, avatars }: Arrivals): TransferView[] {
  return transfers.filter(
    (transfer) =>
      transfer.kind === 'upload' &&
      transfer.projectUuid === projectUuid &&
      ARRIVING.has(transfer.state) &&
      !hasArrived(transfer, avatars),
  );
}

/** Uploads under way first (unless a filter is on), then the avatars that match. */
export function useShownAvatars(projectUuid: string, avatars: readonly AvatarView[]): CardItem[] {
  const query = useView((state) => state.query);
  const tags = useView((state) => state.tags);
  const sort = useView((state) => state.sort);
  const transfers = useTransfers((state) => state.transfers);
  return useMemo(() => {
    const isFiltered = query.trim() !== '' || tags.length > 0;
    const arriving = isFiltered ? [] : arrivingIn({ projectUuid, transfers, avatars });
    const shown = sortAvatars(filterAvatars(avatars, { query, tags }), sort);
    return [
      ...arriving.map((transfer): CardItem => ({ kind: 'arriving', id: `transfer:${transfer.id}`, transfer })),
      ...shown.map((avatar): CardItem => ({ kind: 'avatar', id: avatar.avatarUuid, avatar })),
    ];
  }, [avatars, projectUuid, query, sort, tags, transfers]);
}
