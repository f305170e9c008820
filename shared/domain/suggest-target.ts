import type { AvatarUuid, VersionUuid } from './ids.ts';

/** One stored version of a project, with the fields that are needed to recognize a file. */
export interface KnownVersion {
  readonly versionUuid: VersionUuid;
  readonly avatarUuid: AvatarUuid;
  readonly avatarName: string;
  readonly version: number;
  readonly sha256: string;
  readonly manifestId: string | null;
  readonly fileName: string;
  readonly inTrash: boolean;
}

/**
 * A file that could be uploaded. `id` must be a UUID that no avatar has: it stands for the avatar
 * that the file would become.
 */
export interface CandidateFile {
  readonly id: string;
  readonly fileName: string;
  readonly sha256: string;
  /** Null for files without a manifest. */
  readonly manifestId: string | null;
  /** The name it would get as a new avatar. */
  readonly avatarName: string;
  /** The avatar of the file that this file has overwritten, if known. */
  readonly savedOver?: AvatarUuid | null;
}

export type TargetSuggestion =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'version';
      readonly avatarUuid: AvatarUuid;
      readonly avatarName: string;
      readonly nextVersion: number;
      readonly because: 'manifest-id' | 'file-name';
    }
  | {
      readonly kind: 'duplicate';
      readonly versionUuid: VersionUuid;
      readonly avatarName: string;
      readonly version: number;
      readonly inTrash: boolean;
    };

/**
 * Suggests what each file of one drop should become, in order. Files are recognized by ID and hash;
 * names count only if there is nothing else. A file with the same bytes as a stored version, even
 * one in the trash, is a duplicate. A file with the same manifest ID (or without a manifest, the
 * same original name) as an avatar outside the trash is its next version, and so is a file that
 * overwrote an uploaded one. Files of the same drop count as already stored, so that two versions
 * of one new avatar stay together. Suggestions for those contain the earlier file's `id` in place
 * of the avatar and version that don't exist yet.
 */
export function suggestTargets(
  files: readonly CandidateFile[],
  stored: readonly KnownVersion[],
): ReadonlyMap<string, TargetSuggestion> {
  const versions = [...stored];
  const suggestions = new Map<string, TargetSuggestion>();
  for (const file of files) {
    const suggestion = suggestTarget(file, versions);
    suggestions.set(file.id, suggestion);
    if (suggestion.kind !== 'duplicate') versions.push(asKnown(file, suggestion));
  }
  return suggestions;
}

function suggestTarget(file: CandidateFile, versions: readonly KnownVersion[]): TargetSuggestion {
  const twin = pickNewest(versions.filter((version) => version.sha256 === file.sha256));
  if (twin !== undefined) {
    const { versionUuid, avatarName, version, inTrash } = twin;
    return { kind: 'duplicate', versionUuid, avatarName, version, inTrash };
  }
  const present = versions.filter((version) => !version.inTrash);
  const relative = findPredecessor(file, present) ?? pickNewest(present.filter((version) => isRelative(file, version)));
  if (relative === undefined) return { kind: 'new' };
  const { avatarUuid, avatarName } = relative;
  const because = file.manifestId === null || relative.manifestId !== file.manifestId ? 'file-name' : 'manifest-id';
  return { kind: 'version', avatarUuid, avatarName, nextVersion: nextVersionOf(avatarUuid, versions), because };
}

/**
 * A file that overwrote another one is its next version, unless their manifests disagree: then, as
 * everywhere else, only the same ID counts.
 */
function findPredecessor(file: CandidateFile, present: readonly KnownVersion[]): KnownVersion | undefined {
  const { savedOver = null, manifestId } = file;
  if (savedOver === null) return undefined;
  const newest = pickNewest(present.filter((version) => version.avatarUuid === savedOver));
  if (manifestId === null) return newest;
  const isKnown = present.some((version) => version.manifestId === manifestId);
  return newest?.manifestId === null && !isKnown ? newest : undefined;
}

function isRelative(file: CandidateFile, version: KnownVersion): boolean {
  if (file.manifestId !== null) return version.manifestId === file.manifestId;
  // The same name may be composed or decomposed, depending on the file system.
  return version.fileName.normalize('NFC') === file.fileName.normalize('NFC');
}

/** Outside the trash first, then the highest version. */
function pickNewest(versions: readonly KnownVersion[]): KnownVersion | undefined {
  return [...versions].sort((a, b) => Number(a.inTrash) - Number(b.inTrash) || b.version - a.version)[0];
}

/** Numbers only increase: versions in the trash keep theirs. */
function nextVersionOf(avatarUuid: AvatarUuid, versions: readonly KnownVersion[]): number {
  return 1 + Math.max(0, ...versions.filter((one) => one.avatarUuid === avatarUuid).map((one) => one.version));
}

/**
 * The ID of a file or an upload (a UUID) in place of the UUIDs of its avatar and its version, which
 * don't exist yet.
 */
export function placeholderUuid(id: string): AvatarUuid & VersionUuid {
  return id as AvatarUuid & VersionUuid;
}

function asKnown(file: CandidateFile, suggestion: Exclude<TargetSuggestion, { kind: 'duplicate' }>): KnownVersion {
  const { sha256, manifestId, fileName } = file;
  const placeholder = placeholderUuid(file.id);
  const target =
    suggestion.kind === 'new'
      ? { avatarUuid: placeholder, avatarName: file.avatarName, version: 1 }
      : { avatarUuid: suggestion.avatarUuid, avatarName: suggestion.avatarName, version: suggestion.nextVersion };
  return { ...target, versionUuid: placeholder, sha256, manifestId, fileName, inTrash: false };
}
