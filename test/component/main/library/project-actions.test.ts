import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLibraryReads } from '../../../../main/library/library-reads.ts';
import { createProjectActions } from '../../../../main/library/project-actions.ts';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import type { ApiFailure } from '../../../../node/api-client/api-failure.ts';
import type { ProjectResponse } from '../../../../shared/api/projects.ts';
import { projectResponse } from '../../../support/library-rows.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { deadAddress, scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { silentLog } from '../../../support/silent-log.ts';

const CUSTOMER = randomUUID();
const desk = projectResponse({ customer_uuid: CUSTOMER });

/** The actions on a server that gives this answer, or on one that cannot be reached. */
async function actionsWith(answer: { readonly status: number; readonly body: object } | null) {
  const asked: string[] = [];
  const serverUrl =
    answer === null
      ? await deadAddress()
      : await scriptedHttp((request, response) => {
          asked.push(`${request.method} ${request.url}`);
          sendJson(response, answer.status, answer.body);
        });
  const database = await tempDatabase();
  const noted: ApiFailure[] = [];
  const actions = createProjectActions({
    api: createApiClient({ serverUrl, token: 't', log: silentLog, onUnauthenticated: () => undefined }),
    sync: { applyOwnChange: (work) => storedBy(() => database.tryWrite(work)), noteFailure: (one) => noted.push(one) },
  });
  return { actions, asked, noted, reads: createLibraryReads(database.read) };
}

function storedBy<Failure>(write: () => { readonly ok: true } | { readonly ok: false; readonly failure: Failure }) {
  const written = write();
  return written.ok ? ({ ok: true, value: null } as const) : written;
}

const answered = (project: ProjectResponse, status = 200) => actionsWith({ status, body: project });

describe('createProjectActions', () => {
  it('shows a created project before the next pull brings it', async () => {
    const { actions, asked, reads } = await answered(desk, 201);
    const created = await actions.create({ customerUuid: CUSTOMER, name: desk.name });
    expect(created).toEqual({ ok: true, value: { projectUuid: desk.uuid } });
    expect(asked).toEqual(['POST /api/customer/projects']);
    expect(reads.projects().map(({ name }) => name)).toEqual([desk.name]);
  });

  it('moves a project between the library and the trash', async () => {
    const trashed = await answered({ ...desk, deleted_at: '2026-11-02T10:00:00.000Z' });
    expect(await trashed.actions.moveToTrash(desk.uuid)).toEqual({ ok: true, value: null });
    expect(trashed.asked).toEqual([`POST /api/customer/projects/${desk.uuid}/trash`]);
    expect(trashed.reads.projects()).toEqual([]);
    expect(trashed.reads.trashedProjects()).toMatchObject([{ name: desk.name, customerUuid: CUSTOMER }]);
    const restored = await answered(desk);
    expect(await restored.actions.restore(desk.uuid)).toEqual({ ok: true, value: null });
    expect(restored.reads.trashedProjects()).toEqual([]);
    expect(restored.reads.projects()).toHaveLength(1);
  });

  it('returns why the server refused a name, and changes nothing', async () => {
    const body = { type: 'about:blank', title: 'Taken', status: 409, code: 'project_name_taken', detail: 'Used.' };
    const { actions, reads } = await actionsWith({ status: 409, body });
    const renamed = await actions.rename({ projectUuid: desk.uuid, name: 'Kiosk' });
    expect(renamed).toMatchObject({ ok: false, failure: { code: 'project_name_taken', detail: 'Used.' } });
    expect(reads.projects()).toEqual([]);
  });

  it('fails with `offline` without a server, and reports the lost connection', async () => {
    const { actions, noted } = await actionsWith(null);
    expect(await actions.moveToTrash(desk.uuid)).toMatchObject({ ok: false, failure: { code: 'offline' } });
    expect(noted).toHaveLength(1);
  });
});
