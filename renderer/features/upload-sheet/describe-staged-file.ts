import type { AvatarView } from '../../../shared/contract/library.ts';
import type { StagedFile, Suggestion } from '../../../shared/contract/transfers.ts';
import { explainFinding } from '../../../shared/gab/explain-finding.ts';
import { commaList } from '../../../shared/lib/sentence.ts';
import { sortFindings } from '../../components/describe-finding.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { type PlannedFile, targetName } from '../../stores/uploads/upload-choices.ts';
import { uploadSheetTexts } from './texts.en.ts';

function describeManifest(manifest: NonNullable<StagedFile['manifest']>): string {
  const { bodyType, name, version, authors, license } = manifest;
  return commaList([
    uploadSheetTexts.bodies[bodyType],
    uploadSheetTexts.nameAndVersion(name, version),
    authors.length > 0 ? uploadSheetTexts.by(commaList(authors)) : null,
    license,
  ]);
}

/**
 * What the manifest says: "3D model, Robot 1.2.0, by Dana, CC-BY-4.0". Without a manifest, what
 * kind of file it is.
 */
export function describeContents(file: StagedFile): string {
  if (file.state === 'inspecting') return uploadSheetTexts.checking;
  if (file.manifest) return describeManifest(file.manifest);
  if (file.state === 'refused') return uploadSheetTexts.unreadable;
  if (file.container === 'opaque') return uploadSheetTexts.notABundle;
  if (file.container === 'zip') return uploadSheetTexts.noManifest;
  return uploadSheetTexts.noDetails;
}

/** The failure or the worst finding, in one sentence. */
export function describeRefusal(file: StagedFile): string {
  if (file.failure) return failureSentences(file.failure);
  const worst = sortFindings(file.issues)[0];
  return worst ? explainFinding(worst).what : uploadSheetTexts.cannotUpload;
}

/** The code of the failure or of the worst finding. */
export function refusalCode(file: StagedFile): string {
  return file.failure?.code ?? sortFindings(file.issues)[0]?.code ?? '';
}

/** The result of uploading the file, or why it is not uploaded, in one line. */
export function describeLine(file: StagedFile, planned: PlannedFile | null, avatars: readonly AvatarView[]): string {
  if (file.state === 'inspecting') return '';
  if (file.state === 'refused') return describeRefusal(file);
  if (file.suggestion?.kind === 'duplicate') return describeDuplicate(file.suggestion);
  return planned ? describeTarget(planned, avatars) : '';
}

/** "New avatar Otto", "New version of Mara", or "New version of Tria (from this upload)". */
function describeTarget(planned: PlannedFile, avatars: readonly AvatarView[]): string {
  const { choice, leaders, file } = planned;
  if (choice.avatarUuid === null) return uploadSheetTexts.newAvatarNamed(choice.name.trim());
  const leader = leaders.find(({ stageId }) => stageId === choice.avatarUuid);
  if (leader) return uploadSheetTexts.newVersionFromUpload(leader.name);
  const isStored = avatars.some(({ avatarUuid }) => avatarUuid === choice.avatarUuid);
  const suggested = file.suggestion?.kind === 'version' ? file.suggestion.avatarName : '';
  return uploadSheetTexts.newVersionOf(isStored ? targetName(planned, avatars) : suggested);
}

export function describeDuplicate(suggestion: Extract<Suggestion, { kind: 'duplicate' }>): string {
  const { avatarName, version, inTrash } = suggestion;
  return inTrash
    ? uploadSheetTexts.duplicateInTrash(avatarName, version)
    : uploadSheetTexts.duplicateOf(avatarName, version);
}
