import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, toFailure } from '../../node/api-client/api-failure.ts';
import { customerProjectRoutes, type ProjectResponse } from '../../shared/api/projects.ts';
import { getProjectStorage, type ProjectStorage, type StorageUse } from '../../shared/api/storage.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ProjectStorageView } from '../../shared/contract/projects.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { projectRowFrom } from '../db/api-rows.ts';
import type { Writers } from '../db/local-database.ts';

/**
 * Creates, renames, trashes and restores projects on the server, and asks how full they are.
 * Nothing is kept for later: without the server each fails with `offline`. Who may do it is decided
 * by the server (`forbidden`).
 */
export interface ProjectActions {
  /**
   * What is stored of the quotas that an upload to this project counts for. Failure: `not_found`.
   */
  storage(projectUuid: string): Promise<Result<ProjectStorageView, Failure>>;
  /** Failures: `project_name_taken`, `not_found` (customer). */
  create(project: NewProject): Promise<Result<{ readonly projectUuid: string }, Failure>>;
  /** Failures: `project_name_taken`, `not_found`. */
  rename(project: { readonly projectUuid: string; readonly name: string }): Promise<Result<null, Failure>>;
  /** Failure: `not_found`. */
  moveToTrash(projectUuid: string): Promise<Result<null, Failure>>;
  /** Failures: `project_name_taken` (another project has the name by now), `not_found`. */
  restore(projectUuid: string): Promise<Result<null, Failure>>;
}

export interface NewProject {
  readonly customerUuid: string;
  readonly name: string;
}

export interface ProjectActionsOptions {
  readonly api: ApiClient;
  readonly sync: {
    /** Stores what the server has acknowledged and shows it at once. */
    applyOwnChange(work: (writers: Writers) => readonly string[]): Result<null, Failure>;
    noteFailure(failure: ApiFailure): void;
  };
}

export function createProjectActions({ api, sync }: ProjectActionsOptions): ProjectActions {
  const settle = (answer: Result<ProjectResponse, ApiFailure>): Result<ProjectResponse, Failure> => {
    if (!answer.ok) {
      sync.noteFailure(answer.failure);
      return fail(toFailure(answer.failure));
    }
    const row = projectRowFrom(answer.value);
    const stored = sync.applyOwnChange((writers) => {
      writers.projects.upsert(row);
      return [row.uuid];
    });
    return stored.ok ? ok(answer.value) : stored;
  };
  const change = async (answer: Promise<Result<ProjectResponse, ApiFailure>>): Promise<Result<null, Failure>> => {
    const settled = settle(await answer);
    return settled.ok ? ok(null) : settled;
  };
  const { create, rename, trash, restore } = customerProjectRoutes;
  return {
    storage: async (projectUuid) => {
      const answer = await api.call(getProjectStorage, { params: { project_uuid: projectUuid } });
      return answer.ok ? ok(storageViewFrom(answer.value)) : fail(toFailure(answer.failure));
    },
    create: async ({ customerUuid, name }) => {
      const settled = settle(await api.call(create, { body: { customer_uuid: customerUuid, name } }));
      return settled.ok ? ok({ projectUuid: settled.value.uuid }) : settled;
    },
    rename: ({ projectUuid, name }) =>
      change(api.call(rename, { params: { project_uuid: projectUuid }, body: { name } })),
    moveToTrash: (projectUuid) => change(api.call(trash, { params: { project_uuid: projectUuid } })),
    restore: (projectUuid) => change(api.call(restore, { params: { project_uuid: projectUuid } })),
  };
}

function storageViewFrom({ project, customer, user }: ProjectStorage): ProjectStorageView {
  return { project: toUseView(project), customer: customer && toUseView(customer), user: toUseView(user) };
}

const toUseView = ({ used_bytes, quota_bytes }: StorageUse) => ({ usedBytes: used_bytes, quotaBytes: quota_bytes });
