import type { UploadTarget } from '../../shared/contract/transfers.ts';
import { descriptionSchema, tagSchema } from '../../shared/domain/avatar-fields.ts';
import { suggestAvatarName } from '../../shared/domain/avatar-name.ts';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import { MAX_TAGS } from '../../shared/domain/limits.ts';
import { distinctTags } from '../../shared/domain/tags.ts';
import type { NewTransferRow, TransferRow } from '../db/schema.ts';
import type { FileInspection } from '../files/inspection.ts';
import type { WatchedOrigin } from '../staging/received-file.ts';

/** One confirmed file with the result of its inspection. */
export interface ConfirmedUpload {
  /** The stage id, which becomes the id of the transfer. */
  readonly id: string;
  readonly projectUuid: string;
  readonly fileName: string;
  readonly inspection: FileInspection;
  readonly target: UploadTarget;
  readonly description: string | null;
  /** The upload copy. */
  readonly copyPath: string;
  /** Set if the file comes from a watch folder. */
  readonly watched?: WatchedOrigin | undefined;
  /** A person wants it to be active. */
  readonly activate: boolean;
  /** The active version that it may replace without a question. */
  readonly activateOver?: VersionUuid | undefined;
}

/** What an upload says about its avatar. */
export type UploadIdentity = Pick<TransferRow, 'avatarName' | 'avatarUuid' | 'followsId'>;

export interface PlanContext {
  readonly createdAt: string;
  /** The open uploads, which may still become avatars, by transfer id. */
  readonly openUploads: ReadonlyMap<string, UploadIdentity>;
  /**
   * The avatar with this uuid, or the one that the finished upload with this id created. Null if
   * there is none.
   */
  findAvatar(avatarUuid: AvatarUuid): { readonly avatarUuid: AvatarUuid; readonly avatarName: string } | null;
}

/** The durable rows for one confirmation, in its order. Pure. */
export function planUploads(uploads: readonly ConfirmedUpload[], context: PlanContext): readonly NewTransferRow[] {
  const leaders = new Map<string, UploadIdentity>(context.openUploads);
  const activatedId = uploads.findLast(({ activate }) => activate)?.id;
  return uploads.map((upload) => {
    const identity = identityOf(upload, leaders, context);
    leaders.set(upload.id, identity);
    const { sizeBytes, sha256, report } = upload.inspection;
    return {
      id: upload.id,
      kind: 'upload',
      state: 'waiting',
      projectUuid: upload.projectUuid,
      fileName: upload.fileName,
      totalBytes: sizeBytes,
      sha256,
      manifestId: report.manifest?.id ?? null,
      copyPath: upload.copyPath,
      description: upload.description,
      activate: upload.id === activatedId,
      activateOver: upload.activateOver ?? null,
      watched: upload.watched ?? null,
      createdAt: context.createdAt,
      ...identity,
    };
  });
}

type Identity = UploadIdentity & Pick<NewTransferRow, 'newName' | 'newTags'>;

/**
 * The avatar that the file belongs to. If an avatar that is still being uploaded never exists, the
 * file's own name is used.
 */
function identityOf(
  upload: ConfirmedUpload,
  leaders: ReadonlyMap<string, UploadIdentity>,
  context: PlanContext,
): Identity {
  const { target } = upload;
  if (target.kind === 'new') {
    const { name, tags } = target;
    return { avatarName: name, avatarUuid: null, followsId: null, newName: name, newTags: tags };
  }
  const existing = context.findAvatar(target.avatarUuid);
  if (existing !== null) return { ...existing, followsId: null, newName: null, newTags: null };
  const leader = target.avatarUuid === upload.id ? undefined : leaders.get(target.avatarUuid);
  if (leader !== undefined && leader.avatarUuid !== null) {
    const { avatarName, avatarUuid } = leader;
    return { avatarName, avatarUuid, followsId: null, newName: null, newTags: null };
  }
  const { manifest } = upload.inspection.report;
  const newName = suggestAvatarName(manifest?.name ?? null, upload.fileName);
  const newTags = usableTags(manifest?.tags);
  if (leader === undefined) return { avatarName: newName, avatarUuid: null, followsId: null, newName, newTags };
  // All versions of one avatar follow its first one, so they are sent in one line.
  const followsId = leader.followsId ?? target.avatarUuid;
  return { avatarName: leader.avatarName, avatarUuid: null, followsId, newName, newTags };
}

/** The tags of the manifest that are valid tags of an avatar. */
export function usableTags(tags: readonly string[] | undefined): readonly string[] {
  const usable = (tags ?? []).flatMap((tag) => tagSchema.safeParse(tag).data ?? []);
  return distinctTags(usable).slice(0, MAX_TAGS);
}

/**
 * A typed note wins. A new avatar starts with the manifest's text. A new version starts without one
 * (null).
 */
export function descriptionFor(target: UploadTarget, typed: string | undefined, fromManifest = ''): string | null {
  if (typed !== undefined) return typed;
  return target.kind === 'new' ? (descriptionSchema.safeParse(fromManifest).data ?? null) : null;
}
