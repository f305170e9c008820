import { type KnownVersion, placeholderUuid } from '../../shared/domain/suggest-target.ts';
import type { Readers } from '../db/local-database.ts';
import type { TransferRow } from '../db/schema.ts';
import { OPEN_STATES } from '../db/transfer-states.ts';

/**
 * The versions that a project has or will have: those in the library, and the open uploads, so that
 * dropping a file again while it is being sent is recognized. The id of an upload stands for its
 * future version.
 */
export function knownVersions(read: Readers, projectUuid: string): readonly KnownVersion[] {
  const versions = [...read.versions.ofProject(projectUuid)];
  for (const upload of read.transfers.openUploads(projectUuid, OPEN_STATES))
    versions.push(versionToBe(upload, versions));
  return versions;
}

function versionToBe(upload: TransferRow, versions: readonly KnownVersion[]): KnownVersion {
  const avatarUuid = upload.avatarUuid ?? placeholderUuid(upload.followsId ?? upload.id);
  const numbers = versions.filter((one) => one.avatarUuid === avatarUuid).map(({ version }) => version);
  return {
    versionUuid: placeholderUuid(upload.id),
    avatarUuid,
    avatarName: upload.avatarName,
    version: 1 + Math.max(0, ...numbers),
    sha256: upload.sha256,
    manifestId: upload.manifestId,
    fileName: upload.fileName,
    inTrash: false,
  };
}
