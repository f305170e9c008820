import type { VersionUuid } from '../../shared/domain/ids.ts';
import { buildBundle } from './bundle-builder.ts';
import type { TestServer } from './server.ts';

/** Versions of one avatar of the desk, sent by Dana as curl would. */
export async function putVersions(server: TestServer, count: number, activate = false): Promise<VersionUuid[]> {
  const dana = server.client(server.people.dana.token);
  const uuids: VersionUuid[] = [];
  let avatar: string | null = null;
  for (let version = 1; version <= count; version += 1) {
    const color = [40 * version, 80, 120] as const;
    const bytes = buildBundle({ name: 'Mara', version: `${version}.0.0`, color });
    const fields = { activate: String(activate), ...(avatar === null ? {} : { lineage_uuid: avatar }) };
    const stored = await dana.mustUpload(server.projects.desk.uuid, { bytes, fileName: 'mara.gab', fields });
    avatar = stored.lineage_uuid;
    uuids.push(stored.uuid);
  }
  return uuids;
}
