import type { AvatarView } from '../../../shared/contract/library.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { AVATAR_CARD } from '../../components/avatar-grid.ts';

/** The card under dragged files, in CSS pixels from the upper left corner of the pane. */
export interface AimedCard {
  readonly avatarUuid: AvatarUuid;
  readonly avatarName: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * `point` is measured from the upper left corner of the pane. Null if no card is there or something
 * covers it.
 */
export function aimedCard(pane: HTMLElement, point: Point, avatars: readonly AvatarView[]): AimedCard | null {
  const frame = pane.getBoundingClientRect();
  const row = document.elementFromPoint(frame.left + point.x, frame.top + point.y)?.closest<HTMLElement>(AVATAR_CARD);
  const avatar = avatars.find(({ avatarUuid }) => avatarUuid === row?.dataset.key);
  if (!row || !avatar) return null;
  const { left, top, width, height } = row.getBoundingClientRect();
  const place = { left: left - frame.left, top: top - frame.top, width, height };
  return { avatarUuid: avatar.avatarUuid, avatarName: avatar.name, ...place };
}

export function isSameAim(one: AimedCard | null, other: AimedCard | null): boolean {
  return one?.avatarUuid === other?.avatarUuid && one?.top === other?.top && one?.left === other?.left;
}
