import { describe, expect, it } from 'vitest';
import { projectRowFrom, versionRowFrom } from '../../../../main/db/api-rows.ts';
import type { LocalDatabase } from '../../../../main/db/local-database.ts';
import type { OperationRow } from '../../../../main/db/schema.ts';
import { decideActivation } from '../../../../main/library/decide-actions.ts';
import { effectiveReaders } from '../../../../main/outbox/effective-readers.ts';
import { insertOperations, retryRefused } from '../../../../main/outbox/parked-operations.ts';
import { settleConflict } from '../../../../main/outbox/settle-conflict.ts';
import { problemFailure } from '../../../../node/api-client/api-failure.ts';
import { projectResponseSchema } from '../../../../shared/api/projects.ts';
import type { VersionUuid } from '../../../../shared/domain/ids.ts';
import { avatarResponse, projectResponse } from '../../../support/library-rows.ts';
import { tempDatabase } from '../../../support/local-database.ts';

const project = projectResponse();
const stored = (version: number) => avatarResponse({ project_uuid: project.uuid, version });
const [mara1, mara2, mara3] = [stored(1), stored(2), stored(3)];

const refused = problemFailure({
  type: 'about:blank',
  title: 'Changed',
  status: 409,
  detail: 'Erik has changed it.',
  code: 'active_conflict',
});

/** A library in which this version is active. */
async function library(active: VersionUuid): Promise<LocalDatabase> {
  const database = await tempDatabase();
  database.tryWrite((writers) => {
    writers.projects.upsert(projectRowFrom(project));
    for (const version of [mara1, mara2, mara3]) writers.versions.upsert(versionRowFrom(version));
  });
  serverHas(database, active);
  return database;
}

function serverHas(database: LocalDatabase, versionUuid: VersionUuid): void {
  database.tryWrite((writers, readers) => {
    const row = readers.versions.find(versionUuid);
    const active = row && { ...row, versionUuid };
    writers.projects.setActive(project.uuid, { active, activeSetBy: 'Erik', activeSetAt: null, activations: [] });
  });
}

interface Choice {
  readonly to: VersionUuid;
  readonly from: VersionUuid;
  readonly undoes?: string;
}

/** What Dana decides, in the outbox. */
function decide(database: LocalDatabase, { to, from, undoes }: Choice): OperationRow {
  database.tryWrite((writers, readers) => {
    const context = { read: effectiveReaders(readers), by: 'Dana', createdAt: '2026-02-02T00:00:00.000Z' };
    const request = { projectUuid: project.uuid, versionUuid: to, expectedActiveUuid: from, undoes };
    const decision = decideActivation(context, request);
    if (!decision.ok) throw new Error(decision.failure.code);
    insertOperations({ writers, readers }, decision.value.operations);
  });
  const newest = database.read.operations.all().at(-1);
  if (newest === undefined) throw new Error('it was inserted');
  return newest;
}

const send = (database: LocalDatabase, { id }: OperationRow) =>
  database.tryWrite((writers) => writers.operations.update(id, { state: 'sending' }));
const refuse = (database: LocalDatabase, row: OperationRow) =>
  database.tryWrite((writers, readers) => settleConflict({ writers, readers }, row, refused));
const undoesOf = (row: OperationRow | null) => (row?.intent.kind === 'activate' ? row.intent.undoes : undefined);

describe('an undo that waits behind the activation being sent', () => {
  async function both() {
    const database = await library(mara1.uuid);
    const chosen = decide(database, { to: mara2.uuid, from: mara1.uuid });
    send(database, chosen);
    const undo = decide(database, { to: mara1.uuid, from: mara2.uuid, undoes: chosen.requestKey });
    return { database, chosen, undo };
  }

  it('names it', async () => {
    const { chosen, undo } = await both();
    expect(undoesOf(undo)).toBe(chosen.requestKey);
  });

  it('leaves the outbox with it if somebody else was quicker, and nobody is asked', async () => {
    const { database, chosen } = await both();
    serverHas(database, mara3.uuid);
    expect(refuse(database, chosen)).toEqual({ ok: true, value: 'settled' });
    expect(database.read.operations.all()).toEqual([]);
  });

  it('follows it when it is sent again with another key', async () => {
    const { database, chosen, undo } = await both();
    expect(refuse(database, chosen)).toEqual({ ok: true, value: 'again' });
    const again = database.read.operations.find(chosen.id);
    expect(again?.requestKey).not.toBe(chosen.requestKey);
    expect(undoesOf(database.read.operations.find(undo.id))).toBe(again?.requestKey);
  });

  it('follows it when a person retries it', async () => {
    const { database, chosen, undo } = await both();
    database.tryWrite((writers, readers) => {
      writers.operations.update(chosen.id, { state: 'refused' });
      retryRefused({ writers, readers }, [chosen.id]);
    });
    const again = database.read.operations.find(chosen.id);
    expect(again).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(undoesOf(database.read.operations.find(undo.id))).toBe(again?.requestKey);
  });
});

describe('a server that keeps no history', () => {
  it('reports projects without one', () => {
    const { activations: _activations, ...older } = project;
    expect(projectResponseSchema.parse(older).activations).toEqual([]);
  });

  it('is asked to compare the active version only', async () => {
    const database = await library(mara2.uuid);
    const undo = decide(database, { to: mara1.uuid, from: mara2.uuid, undoes: project.uuid });
    expect(undo.intent).toMatchObject({ expectedActiveUuid: mara2.uuid, undoes: null });
  });
});
