import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type AvatarResponse, setActiveAvatar } from '../../shared/api/avatars.ts';
import type { ProjectResponse } from '../../shared/api/projects.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { UsageError } from '../command-output.ts';
import { findProject, findVersion, readVersions } from './find-things.ts';
import { nameOfVersion, versionJson } from './list-commands.ts';
import { print, type SignedInContext } from './remote-command.ts';
import { must } from './remote-failure.ts';

/** The word for no version, in `--expect none`. */
const NONE = 'none';

export interface ActivateOptions {
  readonly project: string;
  readonly version?: string;
  /** Takes the project offline. */
  readonly none?: true;
  readonly expect?: string;
}

/**
 * Activates a version, or none, if the active one is still the expected one: that of `--expect`, or
 * the one that was active when the command looked.
 */
export async function activate(context: SignedInContext, options: ActivateOptions): Promise<undefined> {
  if ((options.version === undefined) !== (options.none === true))
    throw new UsageError('name a version, or give --none');
  const project = await findProject(context.api, options.project);
  const versions = await readVersions(context.api, project);
  const wanted = options.version === undefined ? null : findVersion(versions, options.version);
  const expected = expectedVersion({ project, versions, expect: options.expect });
  await switchActive(context.api, { project, wanted: wanted?.uuid ?? null, expected });
  const text = wanted ? `${nameOfVersion(wanted)} is active in ${project.name}.\n` : `${project.name} is offline.\n`;
  print(context, { projectUuid: project.uuid, active: wanted && { ...versionJson(wanted), isActive: true } }, text);
}

interface Expectation {
  readonly project: ProjectResponse;
  readonly versions: readonly AvatarResponse[];
  readonly expect: string | undefined;
}

/** The version that must be active; null for none. */
export function expectedVersion({ project, versions, expect }: Expectation): VersionUuid | null {
  if (expect === undefined) return project.active_avatar?.uuid ?? null;
  return expect === NONE ? null : findVersion(versions, expect).uuid;
}

export interface Switch {
  readonly project: ProjectResponse;
  readonly wanted: VersionUuid | null;
  readonly expected: VersionUuid | null;
}

/** Compare and set. Ends the command with the exit code for a conflict if another one is active. */
export async function switchActive(api: ApiClient, { project, wanted, expected }: Switch): Promise<void> {
  const body = { avatar_uuid: wanted, expected_active_uuid: expected };
  must(await api.call(setActiveAvatar, { params: { project_uuid: project.uuid }, body }));
}
