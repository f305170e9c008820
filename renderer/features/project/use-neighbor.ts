import { useEffect, useRef } from 'react';
import type { AvatarView } from '../../../shared/contract/library.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { selectAvatar, useView } from '../../stores/view/view-store.ts';
import { neighborOf } from './neighbor-rules.ts';
import type { CardItem } from './use-shown-avatars.ts';

/** When the selected avatar is gone, the card that takes its place is selected. */
export function useNeighborOfRemoved(avatars: readonly AvatarView[], items: readonly CardItem[]): void {
  const selected = useView((state) => state.selectedAvatarUuid);
  const shown = useRef<readonly AvatarUuid[]>([]);
  useEffect(() => {
    const before = shown.current;
    shown.current = items.flatMap((item) => (item.kind === 'avatar' ? [item.avatar.avatarUuid] : []));
    const isGone = selected !== null && !avatars.some(({ avatarUuid }) => avatarUuid === selected);
    if (isGone && before.includes(selected)) selectAvatar(neighborOf(selected, before, shown.current));
  }, [avatars, items, selected]);
}
