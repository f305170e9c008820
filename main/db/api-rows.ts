import { sha256Hex } from '../../node/sha256.ts';
import type { ActivationResponse } from '../../shared/api/activations.ts';
import type { AvatarResponse } from '../../shared/api/avatars.ts';
import type { ProjectResponse } from '../../shared/api/projects.ts';
import type { Activation } from '../../shared/domain/activations.ts';
import type { ProjectRow, VersionRow } from './schema.ts';

/** What the server says about a project, as a local row. */
export function projectRowFrom(project: ProjectResponse): ProjectRow {
  const active = project.active_avatar;
  return {
    uuid: project.uuid,
    customerUuid: project.customer_uuid,
    customerName: project.customer_name,
    name: project.name,
    createdAt: project.created_at,
    active: active && {
      versionUuid: active.uuid,
      avatarUuid: active.lineage_uuid,
      name: active.name,
      version: active.version,
      pictureHash: pictureHashFrom(active.thumbnail_url),
    },
    activeSetBy: project.active_set_by,
    activeSetAt: project.active_set_at,
    activations: project.activations.map(activationFrom),
    deletedAt: project.deleted_at,
  };
}

function activationFrom({ uuid, from, to, how, set_by: by, set_at: at }: ActivationResponse): Activation {
  return { uuid, from: activatedFrom(from), to: activatedFrom(to), how, by, at };
}

function activatedFrom(version: ActivationResponse['to']): Activation['to'] {
  if (version === null) return null;
  return {
    versionUuid: version.uuid,
    avatarUuid: version.lineage_uuid,
    name: version.name,
    version: version.version,
  };
}

/** What the server says about a version, as a local row. */
export function versionRowFrom(avatar: AvatarResponse): VersionRow {
  return {
    uuid: avatar.uuid,
    projectUuid: avatar.project_uuid,
    avatarUuid: avatar.lineage_uuid,
    version: avatar.version,
    name: avatar.name,
    tags: avatar.tags,
    description: avatar.description,
    fileName: avatar.original_filename,
    sizeBytes: avatar.file_size,
    sha256: avatar.sha256,
    container: avatar.container,
    verdict: avatar.verdict,
    activatable: avatar.activatable,
    issues: avatar.issues,
    recheck: recheckFrom(avatar.recheck),
    manifestId: avatar.manifest_id,
    bodyType: avatar.body_type,
    pictureHash: pictureHashFrom(avatar.thumbnail_url),
    createdAt: avatar.created_at,
    createdBy: avatar.created_by_name,
    deletedAt: avatar.deleted_at,
  };
}

function recheckFrom(recheck: AvatarResponse['recheck']): VersionRow['recheck'] {
  if (recheck === null) return null;
  const { at, upload_verdict: uploadVerdict, upload_activatable: uploadActivatable } = recheck;
  return { at, uploadVerdict, uploadActivatable };
}

/**
 * The name of a picture's content, from the server's address of it (`...?v=hash`). It becomes a file name on this machine, so
 * anything that is not plainly a hash is replaced by the address's own hash.
 */
export function pictureHashFrom(thumbnailUrl: string | null): string | null {
  if (thumbnailUrl === null) return null;
  const hash = new URLSearchParams(thumbnailUrl.split('?')[1] ?? '').get('v') ?? '';
  if (/^[0-9a-f]{8,64}$/.test(hash)) return hash;
  return sha256Hex(thumbnailUrl);
}
