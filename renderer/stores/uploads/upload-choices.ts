import type { InputOf } from '../../../shared/contract/bridge.ts';
import type { AvatarView } from '../../../shared/contract/library.ts';
import type { StagedFile, UploadChoice, UploadTarget } from '../../../shared/contract/transfers.ts';
import { avatarNameSchema, descriptionSchema, tagSchema, tagsSchema } from '../../../shared/domain/avatar-fields.ts';
import { fieldProblem } from '../../../shared/domain/field-rules.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { MAX_AVATAR_NAME_CHARS, MAX_TAGS } from '../../../shared/domain/limits.ts';
import { placeholderUuid } from '../../../shared/domain/suggest-target.ts';
import { distinctTags, parseTags } from '../../../shared/domain/tags.ts';
import { activatedFile } from '../activation/activation-choice.ts';
import { fieldSentence } from '../failures/field-texts.en.ts';
import { tagsOf } from '../library/avatar-rules.ts';
import { stagingTexts } from './staging-texts.en.ts';

/** What people have filled in, by stage id. Absent fields are as the file suggests. */
export type UploadChoices = Readonly<Record<string, UploadChoice>>;

/** The choice with all fields filled in, as the row of the file shows them. */
export interface CompleteChoice {
  /** An avatar, or the earlier file of this sheet that creates it; null for a new avatar. */
  readonly avatarUuid: AvatarUuid | null;
  readonly name: string;
  readonly tags: string;
  readonly description: string;
}

/** One file that "Upload" would upload. */
export interface PlannedFile {
  readonly file: StagedFile;
  readonly choice: CompleteChoice;
  /** The earlier files of this sheet that create an avatar: this file may become its next version. */
  readonly leaders: readonly { readonly stageId: string; readonly name: string }[];
}

export interface SheetPlan {
  readonly files: readonly PlannedFile[];
  readonly items: InputOf<'uploads.confirm'>['items'];
  readonly inspectingCount: number;
  readonly refusedCount: number;
  readonly duplicateCount: number;
  /** By stage id: why this file cannot be uploaded as it is. */
  readonly problems: Readonly<Record<string, string>>;
  /** The file that is activated after the upload; null if there is none. */
  readonly activatedId: string | null;
}

/** "otto.gab" suggests "otto". */
export function nameFromFile(fileName: string): string {
  const name = fileName.replace(/\.gab$/iu, '').trim() || fileName;
  // Removes half of a surrogate pair that the cut may have left.
  return name.slice(0, MAX_AVATAR_NAME_CHARS).replace(/[\uD800-\uDBFF]$/u, '');
}

/** Only the tags that our own rules allow: a manifest may have others. */
function manifestTags(file: StagedFile): string {
  const allowed = (file.manifest?.tags ?? []).filter((tag) => tagSchema.safeParse(tag).success);
  return distinctTags(allowed.map((tag) => tag.trim()))
    .slice(0, MAX_TAGS)
    .join(', ');
}

export function completeChoice(file: StagedFile, choice: UploadChoice = {}): CompleteChoice {
  const suggested = file.suggestion?.kind === 'version' ? file.suggestion.avatarUuid : null;
  return {
    avatarUuid: choice.avatarUuid === undefined ? suggested : choice.avatarUuid,
    name: choice.name ?? nameFromFile(file.manifest?.name ?? file.fileName),
    tags: choice.tags ?? manifestTags(file),
    description: choice.description ?? '',
  };
}

export function isDuplicate(file: StagedFile): boolean {
  return file.suggestion?.kind === 'duplicate';
}

export function isSendable(file: StagedFile): boolean {
  return file.state === 'ready' && !isDuplicate(file);
}

function problemOf(choice: CompleteChoice): string | null {
  const note = fieldProblem(descriptionSchema, choice.description, 'note');
  const ofAvatar = () =>
    fieldProblem(avatarNameSchema, choice.name, 'name') ?? fieldProblem(tagsSchema, parseTags(choice.tags), 'tags');
  const problem = note ?? (choice.avatarUuid === null ? ofAvatar() : null);
  return problem && fieldSentence(problem);
}

/** `usualTags`: of the project, whose spellings count. */
function targetOf(choice: CompleteChoice, usualTags: readonly string[]): UploadTarget {
  if (choice.avatarUuid !== null) return { kind: 'version', avatarUuid: choice.avatarUuid };
  return { kind: 'new', name: choice.name.trim(), tags: parseTags(choice.tags, usualTags) };
}

/** What a plan has to know of the project. */
export interface PlanContext {
  readonly avatars: readonly AvatarView[];
  readonly hasActive: boolean;
}

/**
 * The files to upload in order, each with its target. A file that follows an earlier one of the
 * sheet goes where that one goes; if that one has left the sheet, the file's own suggestion counts.
 */
export function planFiles(
  files: readonly StagedFile[],
  choices: UploadChoices,
  avatars: readonly AvatarView[],
): readonly PlannedFile[] {
  const storedUuids = new Set(avatars.map(({ avatarUuid }) => avatarUuid));
  const targets = new Map<string, AvatarUuid>();
  const leaders: { stageId: string; name: string }[] = [];
  return files.filter(isSendable).map((file) => {
    const { avatarUuid: wanted, ...choice } = completeChoice(file, choices[file.stageId]);
    const suggested = completeChoice(file).avatarUuid;
    const follow = (uuid: AvatarUuid | null) => (uuid === null ? null : (targets.get(uuid) ?? uuid));
    const isLost = wanted !== null && !targets.has(wanted) && !storedUuids.has(wanted);
    const avatarUuid = follow(isLost ? suggested : wanted);
    const planned = { file, choice: { ...choice, avatarUuid }, leaders: [...leaders] };
    targets.set(file.stageId, avatarUuid ?? placeholderUuid(file.stageId));
    if (avatarUuid === null) leaders.push({ stageId: file.stageId, name: choice.name.trim() });
    return planned;
  });
}

/** What "Upload" would upload, in the order shown. */
export function planSheet(
  files: readonly StagedFile[],
  choices: UploadChoices,
  { avatars, hasActive }: PlanContext,
): SheetPlan {
  const planned = planFiles(files, choices, avatars);
  const chosen = planned.map(({ file }) => ({ file, choice: choices[file.stageId] ?? {} }));
  const activatedId = activatedFile(chosen, { hasActive })?.file.stageId ?? null;
  const usualTags = tagsOf(avatars).map(({ tag }) => tag);
  const problems: Record<string, string> = {};
  const items = planned.map(({ file: { stageId }, choice }) => {
    const problem = problemOf(choice);
    if (problem) problems[stageId] = problem;
    const description = choice.description.trim();
    return {
      stageId,
      target: targetOf(choice, usualTags),
      ...(description ? { description } : {}),
      ...(stageId === activatedId && { activate: true }),
    };
  });
  return {
    files: planned,
    items,
    problems,
    activatedId,
    inspectingCount: files.filter((file) => file.state === 'inspecting').length,
    refusedCount: files.filter((file) => file.state === 'refused').length,
    duplicateCount: files.filter((file) => file.state === 'ready' && isDuplicate(file)).length,
  };
}

/** The name of the avatar that this file becomes a version of, or creates. */
export function targetName({ choice, leaders }: PlannedFile, avatars: readonly AvatarView[]): string {
  const { avatarUuid, name } = choice;
  const existing = avatars.find((avatar) => avatar.avatarUuid === avatarUuid);
  const leader = leaders.find(({ stageId }) => stageId === avatarUuid);
  return existing?.name ?? leader?.name ?? name.trim();
}

/** How many bytes "Upload" would add to what is stored, whatever has to be sent. */
export function uploadBytes(files: readonly StagedFile[]): number {
  return files.filter(isSendable).reduce((sum, file) => sum + file.sizeBytes, 0);
}

/** "3 files checked, 1 refused": for the head of the sheet and for screen readers. */
export function describeChecked(files: readonly StagedFile[], skippedCount: number): string {
  const { inspectingCount, refusedCount, duplicateCount } = planSheet(files, {}, { avatars: [], hasActive: true });
  return [
    stagingTexts.checked(files.length - inspectingCount),
    ...(inspectingCount > 0 ? [stagingTexts.remaining(inspectingCount)] : []),
    ...(refusedCount > 0 ? [stagingTexts.refused(refusedCount)] : []),
    ...(duplicateCount > 0 ? [stagingTexts.duplicates(duplicateCount)] : []),
    ...(skippedCount > 0 ? [stagingTexts.skipped(skippedCount)] : []),
  ].join(', ');
}

export function uploadLabel(count: number): string {
  return count === 0 ? stagingTexts.nothingToUpload : stagingTexts.upload(count);
}
