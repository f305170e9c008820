import { and, eq, sql } from 'drizzle-orm';
import type { AvatarUploadResponse, uploadOutcomes } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { CHECK_RULES_VERSION } from '../../../shared/gab/check-rules.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { PermittedProject } from '../../access/find-permitted.ts';
import type { Transaction } from '../../db/database.ts';
import { avatars, lineages } from '../../db/schema/avatars.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import type { StoredPiece } from '../../files/assemble-tasks.ts';
import type { UploadInspection } from '../../files/upload-inspection.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { type ChangedEntity, recordChanges } from '../../history/record-changes.ts';
import { readActiveState, switchActive } from '../avatars/activation.ts';
import { changesOf, remainingPatch } from '../avatars/edit-conflicts.ts';
import { recordSummary } from '../avatars/summaries.ts';
import { readVersionResponse } from '../avatars/version-responses.ts';
import { editAvatar } from '../avatars/versions.ts';
import { recordPieces } from './bundle-pieces.ts';
import { defaultAvatarName, defaultDescription, defaultTags } from './original-name.ts';
import type { EncodedThumbnail } from './thumbnail.ts';
import type { ReceivedUpload } from './upload-parts.ts';

/** A checked file whose blobs are stored. Only its rows are missing. */
export interface CheckedUpload {
  readonly versionUuid: VersionUuid;
  readonly upload: ReceivedUpload;
  readonly inspection: UploadInspection;
  readonly thumbnail: EncodedThumbnail | null;
  /** The pieces of the file, so that later uploads need not send them again. */
  readonly pieces: readonly StoredPiece[];
}

interface Commit extends CheckedUpload {
  readonly caller: Caller;
  /** This transaction has locked its customer. */
  readonly project: PermittedProject;
  /** The upload's Idempotency-Key, or null. */
  readonly key: string | null;
}

type Outcome = (typeof uploadOutcomes)[number];

/** Writes all rows of an upload in the caller's transaction. Failure: `lineage_not_found`. */
export async function commitUpload(tx: Transaction, commit: Commit): ServiceResult<AvatarUploadResponse> {
  const { caller, project, versionUuid, upload } = commit;
  const taken = await takeVersion(tx, commit);
  if (!taken.ok) return taken;
  await insertVersion(tx, commit, taken.value);
  const place = { actor: caller.email, customerUuid: project.customerUuid, projectUuid: project.uuid };
  const details = {
    original_filename: upload.originalName,
    version: taken.value.version,
    sha256: upload.file.sha256,
    file_size: upload.file.sizeBytes,
  };
  await recordAudit(tx, [{ ...place, action: 'avatar.uploaded', versionUuid, details }]);
  const renamed = await applyAvatarFields(tx, commit, taken.value);
  const activation = await activate(tx, commit);
  await recordChanges(tx, project.customerId, [
    { entity: 'avatar', uuid: versionUuid },
    ...renamed,
    ...activation.changes,
    { entity: 'project', uuid: project.uuid },
  ]);
  return ok({ ...(await readVersionResponse(tx, versionUuid)), activation: activation.outcome });
}

interface TakenVersion {
  readonly avatarId: number;
  readonly version: number;
  readonly description: string;
  readonly isNewAvatar: boolean;
}

async function takeVersion(tx: Transaction, commit: Commit): ServiceResult<TakenVersion> {
  const { lineage_uuid: avatarUuid, description } = commit.upload.fields;
  if (avatarUuid === undefined) return ok(await insertAvatar(tx, commit));
  const [avatar] = await tx
    .update(lineages)
    .set({ lastVersion: sql`${lineages.lastVersion} + 1` })
    .where(and(eq(lineages.uuid, avatarUuid), eq(lineages.projectId, commit.project.id)))
    .returning({ id: lineages.id, version: lineages.lastVersion });
  if (!avatar) {
    return fail({ code: 'lineage_not_found', detail: 'This project has no avatar with this `lineage_uuid`.' });
  }
  return ok({
    avatarId: avatar.id,
    version: avatar.version,
    // The note says what is new in this version, so it is not that of the version before.
    description: description ?? '',
    isNewAvatar: false,
  });
}

async function insertAvatar(tx: Transaction, { caller, project, upload, inspection }: Commit): Promise<TakenVersion> {
  const { fields, originalName } = upload;
  const [avatar] = await tx
    .insert(lineages)
    .values({
      projectId: project.id,
      name: fields.name ?? defaultAvatarName(inspection.manifest?.name, originalName),
      tags: fields.tags ?? defaultTags(inspection.manifest?.tags),
      lastVersion: 1,
      labelledByUserId: caller.userId,
      labelledAt: new Date(),
    })
    .returning({ id: lineages.id });
  if (!avatar) throw new Error('The new avatar was not returned');
  const description = fields.description ?? defaultDescription(inspection.manifest?.description);
  return { avatarId: avatar.id, version: 1, description, isNewAvatar: true };
}

async function insertVersion(tx: Transaction, commit: Commit, taken: TakenVersion): Promise<void> {
  const { versionUuid, upload, inspection, thumbnail, project, caller } = commit;
  const values = {
    uuid: versionUuid,
    projectId: project.id,
    lineageId: taken.avatarId,
    version: taken.version,
    description: taken.description,
    filename: `${versionUuid}.gab`,
    originalFilename: upload.originalName,
    fileSize: upload.file.sizeBytes,
    sha256: upload.file.sha256,
    container: inspection.container,
    verdict: inspection.verdict,
    activatable: inspection.activatable,
    issues: inspection.issues,
    checkRules: CHECK_RULES_VERSION,
    manifestId: inspection.manifest?.id ?? null,
    bodyType: inspection.manifest?.bodyType ?? null,
    thumbnailSha256: thumbnail?.sha256 ?? null,
    thumbnailSize: thumbnail?.bytes.byteLength ?? null,
    createdByUserId: caller.userId,
  };
  const [version] = await tx.insert(avatars).values(values).returning({ id: avatars.id });
  if (!version) throw new Error('The new version was not returned');
  await recordPieces(tx, version.id, commit.pieces);
  await recordSummary(tx, version.id, inspection.summaryJson);
}

/** A name and tags that were sent with a new version replace those of its avatar. */
async function applyAvatarFields(tx: Transaction, commit: Commit, taken: TakenVersion): Promise<ChangedEntity[]> {
  const { name, tags } = commit.upload.fields;
  if (taken.isNewAvatar || (name === undefined && tags === undefined)) return [];
  const [before] = await tx
    .select({ name: lineages.name, tags: lineages.tags })
    .from(lineages)
    .where(eq(lineages.id, taken.avatarId));
  const changed = await editAvatar(tx, taken.avatarId, { name, tags, caller: commit.caller });
  if (before) await recordEdit(tx, commit, before);
  return changed;
}

/**
 * The audit event of an edit, unless the new version has the name and tags of the ones before it.
 */
async function recordEdit(tx: Transaction, commit: Commit, before: { name: string; tags: string[] }): Promise<void> {
  const { caller, project, versionUuid, upload } = commit;
  const { name, tags } = upload.fields;
  const current = { ...before, description: '' };
  const changes = changesOf(current, remainingPatch(current, { name, tags }));
  if (Object.keys(changes).length === 0) return;
  const place = { customerUuid: project.customerUuid, projectUuid: project.uuid, versionUuid };
  await recordAudit(tx, [{ ...place, action: 'avatar.edited', actor: caller.email, details: { changes } }]);
}

async function activate(tx: Transaction, commit: Commit): Promise<{ outcome: Outcome; changes: ChangedEntity[] }> {
  const { project, caller, versionUuid, upload, inspection, key } = commit;
  if (!upload.fields.activate) return { outcome: 'not_requested', changes: [] };
  if (!inspection.activatable) return { outcome: 'not_activatable', changes: [] };
  if (!(await isExpectedActive(tx, commit))) return { outcome: 'active_changed', changes: [] };
  const change = await switchActive(tx, { project, caller, toUuid: versionUuid, how: 'upload', key });
  await recordAudit(tx, change.audit);
  return { outcome: 'activated', changes: change.changes };
}

async function isExpectedActive(tx: Transaction, { project, upload }: Commit): Promise<boolean> {
  const { expected_active_uuid: expectedUuid } = upload.fields;
  if (expectedUuid === undefined) return true;
  return (await readActiveState(tx, project.id)).active_avatar_uuid === expectedUuid;
}
