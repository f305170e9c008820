import type { InputOf } from '../../../shared/contract/bridge.ts';
import type { AvatarView } from '../../../shared/contract/library.ts';
import type { StagedFile, UploadTarget } from '../../../shared/contract/transfers.ts';
import { avatarNameSchema, descriptionSchema, tagSchema, tagsSchema } from '../../../shared/domain/avatar-fields.ts';
import { fieldProblem } from '../../../shared/domain/field-rules.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { MAX_AVATAR_NAME_CHARS, MAX_TAGS } from '../../../shared/domain/limits.ts';
import { distinctTags, parseTags } from '../../../shared/domain/tags.ts';
import { fieldSentence } from '../failures/field-texts.en.ts';
import { stagingTexts } from './staging-texts.en.ts';

/** The designer's choices for one file. Absent fields are as the file suggests. */
export interface UploadChoice {
  /** An avatar's uuid, or null for a new avatar. */
  readonly avatarUuid?: AvatarUuid | null;
  readonly name?: string;
  /** As typed, separated by commas. */
  readonly tags?: string;
  readonly description?: string;
}

export type UploadChoices = Readonly<Record<string, UploadChoice>>;

/** The choice with all fields filled in, as the row of the file shows them. */
export interface CompleteChoice {
  readonly avatarUuid: AvatarUuid | null;
  readonly name: string;
  readonly tags: string;
  readonly description: string;
}

export interface SheetPlan {
  readonly items: InputOf<'uploads.confirm'>['items'];
  readonly inspectingCount: number;
  readonly refusedCount: number;
  readonly duplicateCount: number;
  /** By stage id: why this file cannot be uploaded as it is. */
  readonly problems: Readonly<Record<string, string>>;
  /**
   * The name of the avatar that is active after the upload: the last activatable file, null if
   * there is none.
   */
  readonly activeAfterUpload: string | null;
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

function targetOf(choice: CompleteChoice): UploadTarget {
  if (choice.avatarUuid !== null) return { kind: 'version', avatarUuid: choice.avatarUuid };
  return { kind: 'new', name: choice.name.trim(), tags: parseTags(choice.tags) };
}

function targetName(choice: CompleteChoice, avatars: readonly AvatarView[]): string {
  const existing = avatars.find((avatar) => avatar.avatarUuid === choice.avatarUuid);
  return existing?.name ?? choice.name.trim();
}

/** What "Upload" would upload, in the order shown. */
export function planSheet(
  files: readonly StagedFile[],
  choices: UploadChoices,
  avatars: readonly AvatarView[],
): SheetPlan {
  const problems: Record<string, string> = {};
  const items: SheetPlan['items'] = [];
  let activeAfterUpload: string | null = null;
  for (const file of files.filter(isSendable)) {
    const choice = completeChoice(file, choices[file.stageId]);
    const problem = problemOf(choice);
    if (problem) problems[file.stageId] = problem;
    const description = choice.description.trim();
    items.push({ stageId: file.stageId, target: targetOf(choice), ...(description ? { description } : {}) });
    if (file.activatable) activeAfterUpload = targetName(choice, avatars);
  }
  return {
    items,
    problems,
    activeAfterUpload,
    inspectingCount: files.filter((file) => file.state === 'inspecting').length,
    refusedCount: files.filter((file) => file.state === 'refused').length,
    duplicateCount: files.filter((file) => file.state === 'ready' && isDuplicate(file)).length,
  };
}

/** How many bytes "Upload" would add to what is stored, whatever has to be sent. */
export function uploadBytes(files: readonly StagedFile[]): number {
  return files.filter(isSendable).reduce((sum, file) => sum + file.sizeBytes, 0);
}

/** "3 files checked, 1 refused": for the head of the sheet and for screen readers. */
export function describeChecked(files: readonly StagedFile[], skippedCount: number): string {
  const { inspectingCount, refusedCount, duplicateCount } = planSheet(files, {}, []);
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
