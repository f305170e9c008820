import type { AvatarView, ProjectView, VersionView } from '../../../shared/contract/library.ts';
import type { ActivatedVersion } from '../../../shared/domain/activations.ts';

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
    if (!filter.tags.every((tag) => avatar.tags.includes(tag))) return false;
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

/** All tags of the avatars, the most used first. */
export function tagsOf(avatars: readonly AvatarView[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const tag of avatars.flatMap((avatar) => avatar.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .toSorted((a, b) => b.count - a.count || byName.compare(a.tag, b.tag));
}
