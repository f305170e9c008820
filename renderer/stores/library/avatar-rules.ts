import type { AvatarView, ProjectView, VersionView } from '../../../shared/contract/library.ts';
import type { ActivatedVersion } from '../../../shared/domain/activations.ts';
import { foldTag, hasTag } from '../../../shared/domain/tags.ts';

export type SortOrder = 'newest' | 'name' | 'size';

export interface AvatarFilter {
  readonly query: string;
  readonly tags: readonly string[];
}

/** The contract guarantees at least one version, newest first. */
export function newestVersion(avatar: AvatarView): VersionView {
  const [newest] = avatar.versions;
  if (!newest) throw new Error(`avatar ${avatar.avatarUuid} has no version`);
  return newest;
}

export function activeVersion(avatar: AvatarView): VersionView | null {
  return avatar.versions.find((version) => version.isActive) ?? null;
}

/** The one that customers see; differs from `activeVersion` only while an activation is pending. */
export function confirmedActiveVersion(avatar: AvatarView): VersionView | null {
  return avatar.versions.find((version) => version.isConfirmedActive) ?? null;
}

export function findActive(avatars: readonly AvatarView[]): { avatar: AvatarView; version: VersionView } | null {
  for (const avatar of avatars) {
    const version = activeVersion(avatar);
    if (version) return { avatar, version };
  }
  return null;
}

export interface PreviousActive {
  /** With the name that it had then. */
  readonly was: ActivatedVersion;
  /** ISO 8601: until when it was active. */
  readonly until: string;
  /** What it is now; null if it is in the trash or gone. */
  readonly now: { readonly avatar: AvatarView; readonly version: VersionView } | null;
}

/** The version that was active before the last change, of whichever avatar; null if none was. */
export function previousActive(
  { activations }: Pick<ProjectView, 'activations'>,
  avatars: readonly AvatarView[],
): PreviousActive | null {
  const [newest] = activations;
  if (!newest?.from) return null;
  const { from, at } = newest;
  const avatar = avatars.find(({ avatarUuid }) => avatarUuid === from.avatarUuid);
  const version = avatar?.versions.find(({ uuid }) => uuid === from.versionUuid);
  return { was: from, until: at, now: avatar && version ? { avatar, version } : null };
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase();

function searchText(avatar: AvatarView): string {
  const newest = newestVersion(avatar);
  const authors = avatar.versions.map((version) => version.createdBy ?? '');
  return fold([avatar.name, ...avatar.tags, `v${newest.version}`, newest.fileName, ...authors].join('\n'));
}

/** Every word of the query must occur somewhere; every chosen tag must be there. */
export function filterAvatars(avatars: readonly AvatarView[], filter: AvatarFilter): AvatarView[] {
  const words = fold(filter.query).split(/\s+/u).filter(Boolean);
  return avatars.filter((avatar) => {
    if (!filter.tags.every((tag) => hasTag(avatar.tags, tag))) return false;
    const text = words.length > 0 ? searchText(avatar) : '';
    return words.every((word) => text.includes(word));
  });
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const comparisons: Readonly<Record<SortOrder, (a: AvatarView, b: AvatarView) => number>> = {
  newest: (a, b) => newestVersion(b).createdAt.localeCompare(newestVersion(a).createdAt),
  name: () => 0,
  size: (a, b) => newestVersion(b).sizeBytes - newestVersion(a).sizeBytes,
};

export function sortAvatars(avatars: readonly AvatarView[], order: SortOrder): AvatarView[] {
  const compare = comparisons[order];
  // The uuid last, so that equal avatars keep their places.
  return avatars.toSorted(
    (a, b) => compare(a, b) || byName.compare(a.name, b.name) || a.avatarUuid.localeCompare(b.avatarUuid),
  );
}

interface TagUse {
  readonly tag: string;
  readonly count: number;
}

const firstAdded = ({ versions }: AvatarView): string => versions.at(-1)?.createdAt ?? '';

/** All tags of the avatars, the most used first, each in the spelling of the oldest avatar that has it. */
export function tagsOf(avatars: readonly AvatarView[]): TagUse[] {
  const uses = new Map<string, TagUse>();
  const oldestFirst = avatars
    .map((avatar) => ({ avatar, addedMs: Date.parse(firstAdded(avatar)) }))
    .toSorted((a, b) => a.addedMs - b.addedMs)
    .map(({ avatar }) => avatar);
  for (const tag of oldestFirst.flatMap((avatar) => avatar.tags)) {
    const earlier = uses.get(foldTag(tag));
    uses.set(foldTag(tag), { tag: earlier?.tag ?? tag, count: (earlier?.count ?? 0) + 1 });
  }
  return [...uses.values()].toSorted((a, b) => b.count - a.count || byName.compare(a.tag, b.tag));
}
