import { type KnownVersion, placeholderUuid } from '../../shared/domain/suggest-target.ts';
import type { Readers } from '../db/local-database.ts';
import type { TransferRow } from '../db/schema.ts';
import { OPEN_STATES } from '../db/transfer-states.ts';

/**
 * What a project has or is about to have: the versions in the library, and the uploads that are on their way, so that dropping
 * a file again while it travels is recognized. An upload stands for its version by its own id.
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
