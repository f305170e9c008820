import type { UploadTarget } from '../../shared/contract/transfers.ts';
import { descriptionSchema, tagSchema } from '../../shared/domain/avatar-fields.ts';
import { suggestAvatarName } from '../../shared/domain/avatar-name.ts';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import { MAX_TAGS } from '../../shared/domain/limits.ts';
import { distinctTags } from '../../shared/domain/tags.ts';
import type { NewTransferRow } from '../db/schema.ts';
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
  /** May replace only this active version. */
  readonly activateOver?: VersionUuid | undefined;
}

export interface PlanContext {
  readonly activate: boolean;
  readonly createdAt: string;
  /** Avatar names of the open uploads, which may still become avatars, by transfer id. */
  readonly openUploads: ReadonlyMap<string, string>;
  /**
   * The avatar with this uuid, or the one that the finished upload with this id created. Null if
   * there is none.
   */
  findAvatar(avatarUuid: AvatarUuid): { readonly avatarUuid: AvatarUuid; readonly avatarName: string } | null;
}

/** The durable rows for one confirmation, in its order. Pure. */
export function planUploads(uploads: readonly ConfirmedUpload[], context: PlanContext): readonly NewTransferRow[] {
  const names = new Map(context.openUploads);
  const leaders = new Set([...names.keys(), ...uploads.map((upload) => upload.id)]);
  const activating = context.activate ? uploadsToActivate(uploads) : new Set<string>();
  return uploads.map((upload) => {
    const identity = identityOf(upload, leaders, context);
    const avatarName = names.get(identity.followsId ?? '') ?? identity.avatarName;
    names.set(upload.id, avatarName);
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
      activate: activating.has(upload.id),
      activateOver: upload.activateOver ?? null,
      watched: upload.watched ?? null,
      createdAt: context.createdAt,
      ...identity,
      avatarName,
    };
  });
}

/**
 * The uploads of a batch that ask to be activated. Of those that can be active only the last one
 * asks: the others would be active for a moment each, in an order that the network decides. Those
 * that cannot be active ask too, so that the response says why they are not.
 */
function uploadsToActivate(uploads: readonly ConfirmedUpload[]): ReadonlySet<string> {
  const last = uploads.findLast((upload) => upload.inspection.report.activatable);
  const others = uploads.filter((upload) => !upload.inspection.report.activatable);
  return new Set([...others, ...(last === undefined ? [] : [last])].map((upload) => upload.id));
}

type Identity = Pick<NewTransferRow, 'avatarName' | 'avatarUuid' | 'followsId' | 'newName' | 'newTags'>;

/**
 * The avatar that the file belongs to. If an avatar that is still being uploaded never exists, the
 * file's own name is used.
 */
function identityOf(upload: ConfirmedUpload, leaders: ReadonlySet<string>, context: PlanContext): Identity {
  const { target } = upload;
  if (target.kind === 'new') {
    const { name, tags } = target;
    return { avatarName: name, avatarUuid: null, followsId: null, newName: name, newTags: tags };
  }
  const existing = context.findAvatar(target.avatarUuid);
  if (existing !== null) return { ...existing, followsId: null, newName: null, newTags: null };
  const { manifest } = upload.inspection.report;
  const newName = suggestAvatarName(manifest?.name ?? null, upload.fileName);
  const isFollower = leaders.has(target.avatarUuid) && target.avatarUuid !== upload.id;
  const followsId = isFollower ? target.avatarUuid : null;
  return { avatarName: newName, avatarUuid: null, followsId, newName, newTags: usableTags(manifest?.tags) };
}

/** The tags of the manifest that are valid tags of an avatar. */
export function usableTags(tags: readonly string[] | undefined): readonly string[] {
  const usable = (tags ?? []).flatMap((tag) => tagSchema.safeParse(tag).data ?? []);
  return distinctTags(usable).slice(0, MAX_TAGS);
}

/**
 * A typed note wins. A new avatar starts with the manifest's text. A new version keeps that of its
 * predecessor (null).
 */
export function descriptionFor(target: UploadTarget, typed: string | undefined, fromManifest = ''): string | null {
  if (typed !== undefined) return typed;
  return target.kind === 'new' ? (descriptionSchema.safeParse(fromManifest).data ?? null) : null;
}
