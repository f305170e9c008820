import type { InputOf } from '../../../shared/contract/bridge.ts';
import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import { avatarNameSchema, descriptionSchema, tagsSchema } from '../../../shared/domain/avatar-fields.ts';
import { type FieldProblem, fieldProblem } from '../../../shared/domain/field-rules.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { distinctTags, hasTag, parseTags } from '../../../shared/domain/tags.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import type { Draft, Drafts } from './draft-schema.ts';

/** The trash keeps avatars as long, and a restored one finds its draft again. */
const ORPHAN_KEPT_MS = 30 * DAY_MS;

export type DraftSubject = Pick<AvatarView, 'avatarUuid' | 'projectUuid' | 'name' | 'tags'>;
export type DescribedVersion = Pick<VersionView, 'uuid' | 'description'>;

/** What the fields show: the draft, else what is stored. */
export interface DraftedFields {
  readonly name: string;
  readonly tags: readonly string[];
  readonly typedTags: string;
  readonly description: string;
}

export function draftedFields(draft: Draft | null, avatar: DraftSubject, version: DescribedVersion): DraftedFields {
  return {
    name: draft?.name?.to ?? avatar.name,
    tags: draft?.tags?.to ?? avatar.tags,
    typedTags: draft?.typedTags ?? '',
    description: descriptionChange(draft, version.uuid)?.to ?? version.description,
  };
}

function descriptionChange(draft: Draft | null, versionUuid: VersionUuid) {
  return draft?.descriptions.find((change) => change.versionUuid === versionUuid);
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, at) => item === other[at]);

function emptyDraft({ avatarUuid, projectUuid, name }: DraftSubject, nowIso: string): Draft {
  return { avatarUuid, projectUuid, avatarName: name, changedAt: nowIso, isOrphaned: false, descriptions: [] };
}

interface EditContext {
  readonly avatar: DraftSubject;
  readonly version: DescribedVersion;
  readonly nowIso: string;
}

/** The draft after an edit; null if nothing is left that differs from when it began. */
export function editDraft(
  before: Draft | null,
  { avatar, version, nowIso }: EditContext,
  patch: Partial<DraftedFields>,
): Draft | null {
  const draft = before ?? emptyDraft(avatar, nowIso);
  const described = descriptionChange(draft, version.uuid);
  const others = draft.descriptions.filter((change) => change !== described);
  return tidy({
    ...draft,
    changedAt: nowIso,
    ...(patch.name !== undefined && { name: { from: draft.name?.from ?? avatar.name, to: patch.name } }),
    ...(patch.tags !== undefined && { tags: { from: draft.tags?.from ?? [...avatar.tags], to: [...patch.tags] } }),
    ...(patch.typedTags !== undefined && { typedTags: patch.typedTags }),
    ...(patch.description !== undefined && {
      descriptions: [
        ...others,
        { versionUuid: version.uuid, from: described?.from ?? version.description, to: patch.description },
      ],
    }),
  });
}

/** Without changes that change nothing; null if none is left. */
function tidy({ name, tags, typedTags, ...draft }: Draft): Draft | null {
  const kept: Draft = {
    ...draft,
    ...(name && name.from !== name.to && { name }),
    ...(tags && !isSameList(tags.from, tags.to) && { tags }),
    ...(typedTags && { typedTags }),
    descriptions: draft.descriptions.filter(({ from, to }) => from !== to),
  };
  const isEmpty = !(kept.name || kept.tags || kept.typedTags) && kept.descriptions.length === 0;
  return isEmpty ? null : kept;
}

/** Puts what is typed in the field for tags among the tags, in the spelling that the project has. */
export function addTypedTags(draft: Draft, avatar: DraftSubject, usual: readonly string[]): Draft | null {
  const tags = draft.tags ?? { from: [...avatar.tags], to: [...avatar.tags] };
  const added = parseTags(draft.typedTags ?? '', usual);
  return tidy({ ...draft, tags: { ...tags, to: distinctTags([...tags.to, ...added]) }, typedTags: '' });
}

/** Tags of the project that begin with the last typed one and are not there yet, in their order. */
export function suggestTags(typed: string, usual: readonly string[], present: readonly string[]): string[] {
  const start = (typed.split(',').at(-1) ?? '').trim().toLowerCase();
  if (start === '') return [];
  return usual.filter((tag) => tag.toLowerCase().startsWith(start) && !hasTag(present, tag));
}

/** The first thing that keeps a draft from being saved; null if nothing does. */
export function draftProblem({ name, tags, typedTags, descriptions }: Draft, saved: DraftSubject): FieldProblem | null {
  const allTags = distinctTags([...(tags?.to ?? saved.tags), ...parseTags(typedTags ?? '')]);
  const problems = [
    name ? fieldProblem(avatarNameSchema, name.to, 'name') : null,
    tags || typedTags ? fieldProblem(tagsSchema, allTags, 'tags') : null,
    ...descriptions.map(({ to }) => fieldProblem(descriptionSchema, to, 'description')),
  ];
  return problems.find((problem) => problem !== null) ?? null;
}

/** A field that somebody else has changed since the draft was begun, to something else. */
export type DraftConflict =
  | { readonly field: 'name' | 'description'; readonly theirs: string }
  | { readonly field: 'tags'; readonly theirs: readonly string[] };

type DraftedAvatar = DraftSubject & { readonly versions: readonly DescribedVersion[] };

export function draftConflicts({ name, tags, descriptions }: Draft, avatar: DraftedAvatar): DraftConflict[] {
  const conflicts: DraftConflict[] = [];
  if (name && avatar.name !== name.from && avatar.name !== name.to)
    conflicts.push({ field: 'name', theirs: avatar.name });
  if (tags && !isSameList(avatar.tags, tags.from) && !isSameList(avatar.tags, tags.to))
    conflicts.push({ field: 'tags', theirs: avatar.tags });
  for (const { versionUuid, from, to } of descriptions) {
    const now = avatar.versions.find(({ uuid }) => uuid === versionUuid)?.description;
    if (now !== undefined && now !== from && now !== to) conflicts.push({ field: 'description', theirs: now });
  }
  return conflicts;
}

/** The draft once a person has chosen: with their own values, or without the conflicting fields. */
export function settleDraft(draft: Draft, avatar: DraftedAvatar, choice: 'theirs' | 'mine'): Draft | null {
  const fields = new Set(draftConflicts(draft, avatar).map(({ field }) => field));
  const keep = choice === 'mine';
  const { name, tags, descriptions } = draft;
  return tidy({
    ...draft,
    ...(name && fields.has('name') && { name: { from: avatar.name, to: keep ? name.to : avatar.name } }),
    ...(tags && fields.has('tags') && { tags: { from: [...avatar.tags], to: keep ? tags.to : [...avatar.tags] } }),
    descriptions: descriptions.map((change) => {
      const now = avatar.versions.find(({ uuid }) => uuid === change.versionUuid)?.description ?? change.from;
      if (now === change.from || now === change.to) return change;
      return { ...change, from: now, to: keep ? change.to : now };
    }),
  });
}

/** The calls that save a draft: one per version whose description changes, name and tags in the first. */
export function editsOf({ name, tags, descriptions }: Draft, avatar: DraftedAvatar): InputOf<'library.edit'>[] {
  const described = descriptions.filter(({ versionUuid }) => avatar.versions.some(({ uuid }) => uuid === versionUuid));
  const ofAvatar = { ...(name && { name: name.to.trim() }), ...(tags && { tags: tags.to }) };
  const [first, ...rest] = described;
  const versionUuid = first?.versionUuid ?? avatar.versions[0]?.uuid;
  if (versionUuid === undefined || (!(name || tags) && !first)) return [];
  return [
    { versionUuid, ...ofAvatar, ...(first && { description: first.to }) },
    ...rest.map((change) => ({ versionUuid: change.versionUuid, description: change.to })),
  ];
}

/** The drafts whose avatar the library no longer has, or has again, of the projects that are loaded. */
export function orphanChanges(
  drafts: Drafts,
  projectUuids: ReadonlySet<string>,
  avatarsByProject: Readonly<Record<string, readonly Pick<AvatarView, 'avatarUuid'>[]>>,
): Draft[] {
  return Object.values(drafts).flatMap((draft) => {
    const avatars = avatarsByProject[draft.projectUuid];
    const isProjectGone = !projectUuids.has(draft.projectUuid);
    if (!isProjectGone && avatars === undefined) return [];
    const isOrphaned = isProjectGone || !avatars?.some(({ avatarUuid }) => avatarUuid === draft.avatarUuid);
    return isOrphaned === draft.isOrphaned ? [] : [{ ...draft, isOrphaned }];
  });
}

/** Without those of avatars that have been gone for longer than the trash keeps them. */
export function withoutOldOrphans(drafts: Drafts, nowMs: number): Drafts {
  const kept = Object.entries(drafts).filter(
    ([, draft]) => !draft.isOrphaned || nowMs - Date.parse(draft.changedAt) < ORPHAN_KEPT_MS,
  );
  return Object.fromEntries(kept);
}
