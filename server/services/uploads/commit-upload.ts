import { and, desc, eq, sql } from 'drizzle-orm';
import type { AvatarUploadResponse, uploadOutcomes } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Transaction } from '../../db/database.ts';
import { avatars, lineages } from '../../db/schema/avatars.ts';
import { switchActive } from '../activation.ts';
import { recordPieces, type StoredPiece } from '../bundle-pieces.ts';
import type { Caller } from '../caller.ts';
import { type ChangedEntity, recordAudit, recordChanges } from '../change-log.ts';
import type { ProjectResource } from '../find-permitted.ts';
import type { ApiFailure } from '../service-failure.ts';
import { recordSummary } from '../summaries.ts';
import { readAvatarResponse } from '../version-responses.ts';
import { editLineage } from '../versions.ts';
import { defaultAvatarName, defaultDescription, defaultTags } from './original-name.ts';
import type { Thumbnail } from './thumbnail.ts';
import type { Inspection } from './upload-inspection.ts';
import type { ReceivedUpload } from './upload-parts.ts';

/** A checked file whose blobs are stored: all that is missing is that anybody knows. */
export interface CheckedUpload {
  readonly versionUuid: VersionUuid;
  readonly upload: ReceivedUpload;
  readonly inspection: Inspection;
  readonly thumbnail: Thumbnail | null;
  /** What the file is made of, for later uploads. */
  readonly pieces: readonly StoredPiece[];
}

interface Commit extends CheckedUpload {
  readonly caller: Caller;
  /** Its customer's row is locked by this transaction. */
  readonly project: ProjectResource;
}

type Outcome = (typeof uploadOutcomes)[number];

/** Writes everything that an upload means, in the caller's transaction. Failure: `lineage_not_found`. */
export async function commitUpload(tx: Transaction, commit: Commit): Promise<Result<AvatarUploadResponse, ApiFailure>> {
  const { caller, project, versionUuid, upload } = commit;
  const lineage = await takeVersion(tx, commit);
  if (!lineage.ok) return lineage;
  await insertAvatar(tx, commit, lineage.value);
  const place = { actor: caller.email, customerUuid: project.customerUuid, projectUuid: project.uuid };
  const details = {
    original_filename: upload.originalName,
    version: lineage.value.version,
    sha256: upload.file.sha256,
    file_size: upload.file.sizeBytes,
  };
  await recordAudit(tx, [{ ...place, action: 'avatar.uploaded', versionUuid, details }]);
  const renamed = await applyLineageFields(tx, commit, lineage.value);
  const activation = await activate(tx, commit);
  await recordChanges(tx, project.customerId, [
    { entity: 'avatar', uuid: versionUuid },
    ...renamed,
    ...activation.changes,
    { entity: 'project', uuid: project.uuid },
  ]);
  return ok({ ...(await readAvatarResponse(tx, versionUuid)), activation: activation.outcome });
}

interface TakenVersion {
  readonly lineageId: number;
  readonly version: number;
  readonly description: string;
  readonly isNewLineage: boolean;
}

async function takeVersion(tx: Transaction, commit: Commit): Promise<Result<TakenVersion, ApiFailure>> {
  const { lineage_uuid: avatarUuid, description } = commit.upload.fields;
  if (avatarUuid === undefined) return ok(await newLineage(tx, commit));
  const [lineage] = await tx
    .update(lineages)
    .set({ lastVersion: sql`${lineages.lastVersion} + 1` })
    .where(and(eq(lineages.uuid, avatarUuid), eq(lineages.projectId, commit.project.id)))
    .returning({ id: lineages.id, version: lineages.lastVersion });
  if (!lineage) {
    return fail({ code: 'lineage_not_found', detail: 'This project has no avatar with this `lineage_uuid`.' });
  }
  return ok({
    lineageId: lineage.id,
    version: lineage.version,
    description: description ?? (await latestDescription(tx, lineage.id)),
    isNewLineage: false,
  });
}

async function newLineage(tx: Transaction, { caller, project, upload, inspection }: Commit): Promise<TakenVersion> {
  const { fields, originalName } = upload;
  const [lineage] = await tx
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
  if (!lineage) throw new Error('The new avatar was not returned');
  const description = fields.description ?? defaultDescription(inspection.manifest?.description);
  return { lineageId: lineage.id, version: 1, description, isNewLineage: true };
}

/** A new version starts with its predecessor's description, trashed or not. */
async function latestDescription(tx: Transaction, lineageId: number): Promise<string> {
  const [latest] = await tx
    .select({ description: avatars.description })
    .from(avatars)
    .where(eq(avatars.lineageId, lineageId))
    .orderBy(desc(avatars.version))
    .limit(1);
  return latest?.description ?? '';
}

async function insertAvatar(tx: Transaction, commit: Commit, taken: TakenVersion): Promise<void> {
  const { versionUuid, upload, inspection, thumbnail, project, caller } = commit;
  const values = {
    uuid: versionUuid,
    projectId: project.id,
    lineageId: taken.lineageId,
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
    manifestId: inspection.manifest?.id ?? null,
    bodyType: inspection.manifest?.bodyType ?? null,
    thumbnailSha256: thumbnail?.sha256 ?? null,
    thumbnailSize: thumbnail?.bytes.byteLength ?? null,
    createdByUserId: caller.userId,
  };
  const [avatar] = await tx.insert(avatars).values(values).returning({ id: avatars.id });
  if (!avatar) throw new Error('The new version was not returned');
  await recordPieces(tx, avatar.id, commit.pieces);
  await recordSummary(tx, avatar.id, inspection.summaryJson);
}

/** Name and tags given with a new version are the avatar's from now on. */
async function applyLineageFields(tx: Transaction, commit: Commit, taken: TakenVersion): Promise<ChangedEntity[]> {
  const { name, tags } = commit.upload.fields;
  if (taken.isNewLineage || (name === undefined && tags === undefined)) return [];
  return editLineage(tx, taken.lineageId, { name, tags, caller: commit.caller });
}

async function activate(tx: Transaction, commit: Commit): Promise<{ outcome: Outcome; changes: ChangedEntity[] }> {
  const { project, caller, versionUuid, upload, inspection } = commit;
  if (!upload.fields.activate) return { outcome: 'not_requested', changes: [] };
  if (!inspection.activatable) return { outcome: 'not_activatable', changes: [] };
  const change = await switchActive(tx, { project, caller, toUuid: versionUuid });
  await recordAudit(tx, change.audit);
  return { outcome: 'activated', changes: change.changes };
}
