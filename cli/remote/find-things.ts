import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type AvatarResponse, customerAvatarRoutes } from '../../shared/api/avatars.ts';
import { customerProjectRoutes, type ProjectResponse } from '../../shared/api/projects.ts';
import { ok } from '../../shared/lib/result.ts';
import { UsageError } from '../command-output.ts';
import { readPages } from './read-pages.ts';
import { notFound } from './remote-failure.ts';
import { remoteTexts as texts } from './texts.en.ts';

export const readProjects = (api: ApiClient): Promise<readonly ProjectResponse[]> =>
  readPages(async (query) => {
    const page = await api.call(customerProjectRoutes.list, { query });
    return page.ok ? ok({ rows: page.value.projects, total: page.value.total }) : page;
  });

/** The versions of a project that are not in the trash, the newest first. */
export const readVersions = (api: ApiClient, project: ProjectResponse): Promise<readonly AvatarResponse[]> =>
  readPages(async (query) => {
    const page = await api.call(customerAvatarRoutes.list, { params: { project_uuid: project.uuid }, query });
    return page.ok ? ok({ rows: page.value.avatars, total: page.value.total }) : page;
  });

const isCalled = (name: string, wanted: string) => name.toLowerCase() === wanted.trim().toLowerCase();

/** By UUID, by name, or as `Customer/Project`. */
export async function findProject(api: ApiClient, wanted: string): Promise<ProjectResponse> {
  const found = (await readProjects(api)).filter(
    ({ uuid, name, customer_name: customer }) =>
      uuid === wanted || isCalled(name, wanted) || isCalled(`${customer}/${name}`, wanted),
  );
  return theOne(found, { none: texts.noProject(wanted), several: texts.severalProjects(wanted) });
}

/** The versions of one avatar, the newest first. `wanted`: its UUID or name. */
export function versionsOfAvatar(versions: readonly AvatarResponse[], wanted: string): readonly AvatarResponse[] {
  const named = versions.filter(({ lineage_uuid: uuid, name }) => uuid === wanted || isCalled(name, wanted));
  const uuids = [...new Set(named.map((version) => version.lineage_uuid))];
  const uuid = theOne(uuids, { none: texts.noAvatar(wanted), several: texts.severalAvatars(wanted) });
  return named.filter((version) => version.lineage_uuid === uuid).toSorted((a, b) => b.version - a.version);
}

/** `NAME@3`: the third version; `NAME`: the newest; or the UUID of a version. */
export function findVersion(versions: readonly AvatarResponse[], wanted: string): AvatarResponse {
  const byUuid = versions.find(({ uuid }) => uuid === wanted);
  if (byUuid) return byUuid;
  const [, name = wanted, number] = /^(.+)@v?(\d+)$/.exec(wanted) ?? [];
  const own = versionsOfAvatar(versions, name);
  const version = number === undefined ? own[0] : own.find((one) => one.version === Number(number));
  if (!version) throw notFound(texts.noVersion(wanted));
  return version;
}

function theOne<Thing>(found: readonly Thing[], words: { readonly none: string; readonly several: string }): Thing {
  const [first, second] = found;
  if (first === undefined) throw notFound(words.none);
  if (second !== undefined) throw new UsageError(words.several);
  return first;
}
