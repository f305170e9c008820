import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { AvatarUuid, VersionUuid } from '../../../shared/domain/ids.ts';
import { generalTexts } from '../general-texts.en.ts';
import { findActive } from '../library/avatar-rules.ts';
import { completeChoice, type UploadChoices } from '../uploads/upload-choices.ts';
import { compareTexts } from './compare-texts.en.ts';
import { referenceKey } from './comparison-rules.ts';

/** One of the two bundles of a comparison, as the screen names it. */
export interface ComparisonSide {
  readonly reference: BundleReference;
  /** "Mara v7", or a file's name. */
  readonly name: string;
  /** "live", "not uploaded yet", or null. */
  readonly note: string | null;
  readonly fileName: string;
  readonly thumbnailUrl: string | null;
  /** The avatar that the bundle belongs to or is meant for; null for a new one. */
  readonly avatarUuid: AvatarUuid | null;
  /** Null for a staged file. */
  readonly stored: { readonly avatar: AvatarView; readonly version: VersionView } | null;
}

export interface ComparisonContext {
  readonly avatars: readonly AvatarView[];
  readonly files: readonly StagedFile[];
  readonly choices: UploadChoices;
}

export interface ComparisonPair {
  readonly from: BundleReference;
  readonly to: BundleReference;
}

export function versionReference(version: Pick<VersionView, 'uuid'>): BundleReference {
  return { kind: 'version', versionUuid: version.uuid };
}

export function stagedReference(file: Pick<StagedFile, 'stageId'>): BundleReference {
  return { kind: 'staged', stageId: file.stageId };
}

function versionSide(avatar: AvatarView, version: VersionView): ComparisonSide {
  return {
    reference: versionReference(version),
    name: generalTexts.version(avatar.name, version.version),
    note: version.isConfirmedActive ? compareTexts.live : null,
    fileName: version.fileName,
    thumbnailUrl: version.thumbnailUrl,
    avatarUuid: avatar.avatarUuid,
    stored: { avatar, version },
  };
}

function stagedSide(file: StagedFile, choices: UploadChoices): ComparisonSide {
  return {
    reference: stagedReference(file),
    name: file.fileName,
    note: compareTexts.notUploaded,
    fileName: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
    avatarUuid: completeChoice(file, choices[file.stageId]).avatarUuid,
    stored: null,
  };
}

function findVersion(avatars: readonly AvatarView[], versionUuid: VersionUuid): ComparisonSide | null {
  for (const avatar of avatars) {
    const version = avatar.versions.find(({ uuid }) => uuid === versionUuid);
    if (version) return versionSide(avatar, version);
  }
  return null;
}

/** Null if the version was moved to the trash or the file was removed from the upload sheet. */
export function sideOf(reference: BundleReference, context: ComparisonContext): ComparisonSide | null {
  if (reference.kind === 'version') return findVersion(context.avatars, reference.versionUuid);
  const file = context.files.find(({ stageId }) => stageId === reference.stageId);
  return file ? stagedSide(file, context.choices) : null;
}

export function sideLabel({ name, note }: ComparisonSide): string {
  return note ? compareTexts.sideAndNote(name, note) : name;
}

/**
 * The choices for either side: the staged files of the pair, the active version, and the versions
 * of both avatars.
 */
export function sideChoices(pair: ComparisonPair, context: ComparisonContext): ComparisonSide[] {
  const sides = [sideOf(pair.from, context), sideOf(pair.to, context)].filter((side) => side !== null);
  const avatarUuids = new Set(sides.map(({ avatarUuid }) => avatarUuid));
  const versions = context.avatars
    .filter(({ avatarUuid }) => avatarUuids.has(avatarUuid))
    .flatMap((avatar) => avatar.versions.map((version) => versionSide(avatar, version)));
  const active = findActive(context.avatars);
  const all = [
    ...sides.filter(({ stored }) => !stored),
    ...(active ? [versionSide(active.avatar, active.version)] : []),
  ];
  return unique([...all, ...versions, ...sides]);
}

function unique(sides: readonly ComparisonSide[]): ComparisonSide[] {
  return [...new Map(sides.map((side) => [referenceKey(side.reference), side])).values()];
}

/** The highest version below this one that is not in the trash. */
export function previousVersion(avatar: AvatarView, version: VersionView): VersionView | null {
  return avatar.versions.find((candidate) => candidate.version < version.version) ?? null;
}

/**
 * What "Compare" shows: what would change with this version active, or for the active one, what it
 * changed itself.
 */
export function defaultPair(avatars: readonly AvatarView[], version: VersionView): ComparisonPair | null {
  return pairWithActive(avatars, version) ?? pairWithPrevious(avatars, version);
}

export function pairWithActive(avatars: readonly AvatarView[], version: VersionView): ComparisonPair | null {
  const active = findActive(avatars);
  if (!active || active.version.uuid === version.uuid) return null;
  return { from: versionReference(active.version), to: versionReference(version) };
}

export function pairWithPrevious(avatars: readonly AvatarView[], version: VersionView): ComparisonPair | null {
  const avatar = avatars.find(({ versions }) => versions.some(({ uuid }) => uuid === version.uuid));
  const previous = avatar ? previousVersion(avatar, version) : null;
  return previous ? { from: versionReference(previous), to: versionReference(version) } : null;
}

/** "Mara v6 → v7"; the full name on both sides if the avatars differ. */
export function pairTitle(from: ComparisonSide, to: ComparisonSide): string {
  const isOneAvatar = from.stored && to.stored && from.avatarUuid === to.avatarUuid;
  return compareTexts.title(
    from.name,
    isOneAvatar && to.stored ? compareTexts.versionNumber(to.stored.version.version) : to.name,
  );
}
