/** A file with what decides its place among the versions of its avatar. */
export interface OrderedFile {
  /** Equal for files of one avatar: the manifest ID, or the file name without one. */
  readonly avatarKey: string;
  /** The semantic version of the manifest; null without a manifest. */
  readonly manifestVersion: string | null;
  /** When the file was last changed, in milliseconds since 1970; null if that is not known. */
  readonly modifiedAtMs: number | null;
}

/**
 * Orders files so that those of one avatar follow each other as its versions: by manifest version,
 * then by time, then as they came. The first file of an avatar keeps its place among the others.
 */
export function inVersionOrder<Item>(items: readonly Item[], factsOf: (item: Item) => OrderedFile): Item[] {
  const byAvatar = new Map<string, { readonly item: Item; readonly facts: OrderedFile }[]>();
  for (const item of items) {
    const facts = factsOf(item);
    byAvatar.set(facts.avatarKey, [...(byAvatar.get(facts.avatarKey) ?? []), { item, facts }]);
  }
  return [...byAvatar.values()].flatMap((group) =>
    group.toSorted((a, b) => compareFiles(a.facts, b.facts)).map(({ item }) => item),
  );
}

function compareFiles(one: OrderedFile, other: OrderedFile): number {
  const byVersion =
    one.manifestVersion === null || other.manifestVersion === null
      ? 0
      : compareVersions(one.manifestVersion, other.manifestVersion);
  if (byVersion !== 0 || one.modifiedAtMs === null || other.modifiedAtMs === null) return byVersion;
  return one.modifiedAtMs - other.modifiedAtMs;
}

/** The precedence of semantic versions, https://semver.org/#spec-item-11. Build metadata is ignored. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  const byNumbers = compareLists(a.numbers, b.numbers);
  if (byNumbers !== 0) return byNumbers;
  // A release comes after its pre-releases.
  if (a.preRelease.length === 0 || b.preRelease.length === 0) return b.preRelease.length - a.preRelease.length;
  return compareLists(a.preRelease, b.preRelease);
}

function partsOf(version: string) {
  const [withoutBuild = ''] = version.split('+');
  const dash = withoutBuild.indexOf('-');
  const numbers = dash === -1 ? withoutBuild : withoutBuild.slice(0, dash);
  const preRelease = dash === -1 ? [] : withoutBuild.slice(dash + 1).split('.');
  return { numbers: numbers.split('.'), preRelease };
}

function compareLists(one: readonly string[], other: readonly string[]): number {
  for (const [index, part] of one.entries()) {
    const otherPart = other[index];
    if (otherPart === undefined) return 1;
    const result = compareParts(part, otherPart);
    if (result !== 0) return result;
  }
  return one.length - other.length;
}

const isNumber = (part: string): boolean => /^\d+$/.test(part);

function compareParts(one: string, other: string): number {
  if (isNumber(one) && isNumber(other)) return Number(one) - Number(other);
  if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
