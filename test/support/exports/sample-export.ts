import type { AvatarContent, ExportContent, VersionContent } from '../../../shared/domain/exports/export-layout.ts';
import { avatarUuidSchema, versionUuidSchema } from '../../../shared/domain/ids.ts';

const AT = '2026-11-30T12:34:56.000Z';

function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A version as a server describes it; `number` makes its UUID. */
export function sampleVersion(number: number, fields: Partial<VersionContent> = {}): VersionContent {
  return {
    uuid: versionUuidSchema.parse(uuid(number)),
    version: 1,
    isActive: false,
    originalName: 'mara.gab',
    sizeBytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    description: '',
    container: 'gab',
    verdict: 'valid',
    manifestId: null,
    createdAt: AT,
    createdBy: 'Mira',
    picture: null,
    ...fields,
  };
}

export function sampleAvatar(number: number, fields: Partial<AvatarContent> = {}): AvatarContent {
  return { uuid: avatarUuidSchema.parse(uuid(number)), name: 'Mara', tags: [], versions: [], ...fields };
}

/** One customer with one project of the avatars. */
export function sampleExport(avatars: readonly AvatarContent[], fields: Partial<ExportContent> = {}): ExportContent {
  return {
    createdAt: AT,
    createdWith: 'Gabinet 0.1.0',
    server: 'https://gabinet.example',
    scope: 'everything',
    versions: 'all',
    customers: [
      {
        uuid: uuid(900_001),
        name: 'Aurora',
        projects: [{ uuid: uuid(900_002), name: 'Reception', createdAt: AT, avatars, activations: [] }],
      },
    ],
    audit: null,
    ...fields,
  };
}
