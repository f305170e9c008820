import { PICTURES_FOLDER, TOP_NAMES } from './export-paths.ts';
import type {
  ExportAvatar,
  ExportCustomer,
  ExportManifest,
  ExportPicture,
  ExportProject,
  ExportVersion,
  PictureType,
} from './manifest.ts';
import { MAX_FILE_NAME_UNITS, MAX_FOLDER_NAME_UNITS, type NameLimit, PortableNames } from './portable-names.ts';

export interface VersionContent extends Omit<ExportVersion, 'path' | 'picture'> {
  readonly picture: Omit<ExportPicture, 'path'> | null;
}

export interface AvatarContent extends Omit<ExportAvatar, 'folder' | 'versions'> {
  readonly versions: readonly VersionContent[];
}

export interface ProjectContent extends Omit<ExportProject, 'folder' | 'avatars'> {
  readonly avatars: readonly AvatarContent[];
}

export interface CustomerContent extends Omit<ExportCustomer, 'folder' | 'projects'> {
  readonly projects: readonly ProjectContent[];
}

/** A manifest without its paths, as it was read from a server or a library. */
export interface ExportContent extends Omit<ExportManifest, 'format' | 'schemaVersion' | 'customers'> {
  readonly customers: readonly CustomerContent[];
}

const EXTENSIONS: Readonly<Record<PictureType, string>> = {
  'image/webp': 'webp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

/**
 * Gives every folder and file of an export its path: `customer/project/avatar/v7/original name`,
 * and `pictures/` with the version's UUID. Where `versions` says so, only active ones stay, and
 * avatars without one are left out.
 */
export function layOutExport({ customers, ...rest }: ExportContent): ExportManifest {
  const names = new PortableNames(TOP_NAMES);
  return {
    format: 'gabinet-export',
    schemaVersion: 1,
    ...rest,
    customers: customers.map(({ projects, ...customer }) => {
      const folder = names.take(customer.name, folderLimit('customer'));
      return { ...customer, folder, projects: layOutProjects(projects, folder, rest.versions === 'active') };
    }),
  };
}

function layOutProjects(projects: readonly ProjectContent[], parent: string, isOnlyActive: boolean): ExportProject[] {
  const names = new PortableNames();
  return projects.map(({ avatars, ...project }) => {
    const folder = `${parent}/${names.take(project.name, folderLimit('project'))}`;
    const kept = isOnlyActive ? avatars.flatMap(withActiveOnly) : avatars;
    return { ...project, folder, avatars: layOutAvatars(kept, folder) };
  });
}

function withActiveOnly(avatar: AvatarContent): AvatarContent[] {
  const versions = avatar.versions.filter(({ isActive }) => isActive);
  return versions.length === 0 ? [] : [{ ...avatar, versions }];
}

function layOutAvatars(avatars: readonly AvatarContent[], parent: string): ExportAvatar[] {
  const names = new PortableNames();
  return avatars.map(({ versions, ...avatar }) => {
    const folder = `${parent}/${names.take(avatar.name, folderLimit('avatar'))}`;
    const versionFolders = new PortableNames();
    return {
      ...avatar,
      folder,
      versions: versions.map((version) => {
        // Two versions of one number do not occur, but what is exported may be damaged.
        const own = versionFolders.take(`v${version.version}`, folderLimit('v'));
        return layOutVersion(version, `${folder}/${own}`);
      }),
    };
  });
}

function layOutVersion({ picture, ...version }: VersionContent, parent: string): ExportVersion {
  const limit = { maxUnits: MAX_FILE_NAME_UNITS, fallback: 'avatar.gab' };
  return {
    ...version,
    path: `${parent}/${new PortableNames().take(version.originalName, limit)}`,
    picture: picture && {
      ...picture,
      path: `${PICTURES_FOLDER}/${version.uuid}.${EXTENSIONS[picture.mediaType]}`,
    },
  };
}

function folderLimit(fallback: string): NameLimit {
  return { maxUnits: MAX_FOLDER_NAME_UNITS, fallback };
}

/** A file of the export that was uploaded or drawn, with what is already certain about it. */
export interface PlannedContent {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly versionUuid: string;
  readonly isPicture: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** All bundles and pictures of an export, in the order of the manifest. */
export function* contentOf(manifest: ExportManifest): Generator<PlannedContent> {
  for (const { uuid, createdAt, picture, ...version } of versionsOf(manifest)) {
    const { path, sizeBytes, sha256 } = version;
    yield { path, sizeBytes, sha256, versionUuid: uuid, isPicture: false, createdAt };
    if (!picture) continue;
    const { mediaType: _, ...file } = picture;
    yield { ...file, versionUuid: uuid, isPicture: true, createdAt };
  }
}

function* versionsOf({ customers }: ExportManifest): Generator<ExportVersion> {
  for (const { projects } of customers)
    for (const { avatars } of projects) for (const { versions } of avatars) yield* versions;
}
