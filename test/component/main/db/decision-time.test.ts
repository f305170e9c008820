import { describe, expect, it } from 'vitest';
import { decisionTime } from '../../../../main/db/decision-time.ts';
import { decideConflict } from '../../../../main/outbox/conflict-rules.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { newAvatarUuid, newVersionUuid } from '../../../support/uuids.ts';

const NOW_MS = Date.parse('2026-11-30T12:00:00.000Z');
const TOMORROW = '2026-12-01T12:00:00.000Z';

async function library() {
  const database = await tempDatabase();
  const activate = {
    kind: 'activate',
    versionUuid: newVersionUuid(),
    expectedActiveUuid: null,
    how: 'choice',
    undoes: null,
  } as const;
  return {
    database,
    activate: { ...activate, onConflict: 'ask' } as const,
    upload: (createdAt: string) =>
      database.tryWrite((writers) =>
        writers.transfers.insert({
          id: 'upload',
          kind: 'upload',
          state: 'done',
          projectUuid: 'project',
          fileName: 'mara.gab',
          avatarName: 'Mara',
          totalBytes: 1000,
          sha256: '0'.repeat(64),
          createdAt,
        }),
      ),
    decide: (createdAt: string) =>
      database.tryWrite((writers) =>
        writers.operations.insert({
          id: 'operation',
          requestKey: 'key',
          projectUuid: 'project',
          avatarUuid: newAvatarUuid(),
          intent: { ...activate, onConflict: 'ask' },
          by: 'Ann',
          state: 'waiting',
          createdAt,
        }),
      ),
  };
}

describe('decisionTime', () => {
  it('is the time of the clock', async () => {
    const { database, upload } = await library();
    expect(decisionTime(database.read, NOW_MS)).toBe('2026-11-30T12:00:00.000Z');
    upload('2026-11-30T11:00:00.000Z');
    expect(decisionTime(database.read, NOW_MS)).toBe('2026-11-30T12:00:00.000Z');
  });

  it('is later than pending operations and transfers from before the clock was set back', async () => {
    const { database, upload, decide } = await library();
    upload(TOMORROW);
    expect(decisionTime(database.read, NOW_MS)).toBe('2026-12-01T12:00:00.001Z');
    decide('2026-12-01T12:00:00.001Z');
    expect(decisionTime(database.read, NOW_MS)).toBe('2026-12-01T12:00:00.002Z');
  });

  it('keeps an activation that was chosen after an upload, with the clock set back in between', async () => {
    const { database, activate, upload } = await library();
    upload(TOMORROW);
    const theirs = { kind: 'active', activeUuid: newVersionUuid(), by: 'Ann', at: TOMORROW } as const;
    const chosen = { intent: activate, createdAt: decisionTime(database.read, NOW_MS) };
    expect(decideConflict(chosen, theirs, { createdAt: TOMORROW })).toMatchObject({ kind: 'send' });
  });
});
