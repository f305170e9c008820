import { textTable } from '../../node/text-table.ts';
import type { AvatarResponse } from '../../shared/api/avatars.ts';
import type { ProjectResponse } from '../../shared/api/projects.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';
import { findProject, readProjects, readVersions, versionsOfAvatar } from './find-things.ts';
import { print, type SignedInContext } from './remote-command.ts';

/** A version as `--json` prints it, in the words of the glossary. */
export function versionJson(version: AvatarResponse) {
  return {
    versionUuid: version.uuid,
    avatarUuid: version.lineage_uuid,
    name: version.name,
    version: version.version,
    isActive: version.is_active,
    tags: version.tags,
    description: version.description,
    fileName: version.original_filename,
    sizeBytes: version.file_size,
    sha256: version.sha256,
    verdict: version.verdict,
    activatable: version.activatable,
    uploadedAt: version.created_at,
    uploadedBy: version.created_by_name,
  };
}

function projectJson(project: ProjectResponse) {
  const active = project.active_avatar;
  return {
    projectUuid: project.uuid,
    name: project.name,
    customerUuid: project.customer_uuid,
    customer: project.customer_name,
    avatars: project.avatar_count,
    active: active && {
      versionUuid: active.uuid,
      avatarUuid: active.lineage_uuid,
      name: active.name,
      version: active.version,
    },
  };
}

export const nameOfVersion = ({ name, version }: { readonly name: string; readonly version: number }): string =>
  `${name} v${version}`;

export async function listProjects(context: SignedInContext): Promise<undefined> {
  const projects = await readProjects(context.api);
  const rows = projects.map((project) => [
    project.customer_name,
    project.name,
    String(project.avatar_count),
    project.active_avatar ? nameOfVersion(project.active_avatar) : '-',
    project.uuid,
  ]);
  const table = textTable([['CUSTOMER', 'PROJECT', 'AVATARS', 'ACTIVE', 'UUID'], ...rows]);
  print(context, { projects: projects.map(projectJson) }, table);
}

export interface ListOptions {
  readonly project: string;
  /** Only this one, with all its versions. */
  readonly avatar?: string;
  readonly versions?: true;
}

/** The avatars of a project with their newest version, or all versions. */
export async function listAvatars(context: SignedInContext, options: ListOptions): Promise<undefined> {
  const project = await findProject(context.api, options.project);
  const all = await readVersions(context.api, project);
  const shown = shownVersions(all, options);
  const rows = shown.map((version) => [
    nameOfVersion(version),
    version.is_active ? 'active' : '-',
    version.verdict,
    formatBytes(version.file_size),
    version.created_at,
    version.uuid,
  ]);
  const table = textTable([['VERSION', 'STATE', 'CHECK', 'SIZE', 'UPLOADED', 'UUID'], ...rows]);
  print(context, { project: projectJson(project), versions: shown.map(versionJson) }, table);
}

function shownVersions(all: readonly AvatarResponse[], { avatar, versions }: ListOptions): readonly AvatarResponse[] {
  if (avatar !== undefined) return versionsOfAvatar(all, avatar);
  return versions ? all : newestOfEach(all);
}

/** The newest version of each avatar, in the order of the list. */
function newestOfEach(all: readonly AvatarResponse[]): readonly AvatarResponse[] {
  const newest = new Map<string, number>();
  for (const { lineage_uuid: avatar, version } of all) newest.set(avatar, Math.max(version, newest.get(avatar) ?? 0));
  return all.filter(({ lineage_uuid: avatar, version }) => newest.get(avatar) === version);
}
