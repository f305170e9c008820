import { describe, expect, it } from 'vitest';
import { HeldActivations } from '../../../../main/library/held-activations.ts';
import type { BundleSummary } from '../../../../shared/gab/compare/bundle-summary.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { AVATARS, fill } from '../../../support/overlaid-library.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { bundleSummary } from '../../../support/summaries.ts';

const [live = absent(), next = absent()] = AVATARS;

function absent(): never {
  throw new Error('There are avatars');
}

/** `next`, held while `live` is active; `summary`: of both, as the machine knows it. */
async function heldWith(summary: BundleSummary | null | undefined) {
  const database = await tempDatabase();
  fill(database, [], live.uuid);
  const row = { versionUuid: next.uuid, projectUuid: next.project };
  database.tryWrite((writers) => writers.heldActivations.replace({ ...row, heldAt: '2026-01-15T00:00:00.000Z' }));
  const activated: unknown[] = [];
  const held = new HeldActivations({
    database,
    summaries: { find: () => summary, request: () => undefined },
    actions: {
      activate: (request) => {
        activated.push(request.versionUuid);
        return { ok: true, value: { kind: 'done', activationUuid: null } };
      },
    },
    log: silentLog,
    onChange: () => undefined,
  });
  held.settle();
  return { held, activated, row };
}

describe('an uploaded version that is to be active', () => {
  it('waits for an answer if it can never be compared with the active one', async () => {
    const { held, activated, row } = await heldWith(null);
    expect(activated).toEqual([]);
    expect(held.list()).toEqual([{ ...row, needsAnswer: true }]);
    held.answer(next.uuid, true);
    expect(activated).toEqual([next.uuid]);
    expect(held.list()).toEqual([]);
  });

  it('waits without a question while the comparison is still to come', async () => {
    const { held, activated, row } = await heldWith(undefined);
    expect(activated).toEqual([]);
    expect(held.list()).toEqual([{ ...row, needsAnswer: false }]);
  });

  it('is activated if it breaks nothing', async () => {
    const { held, activated } = await heldWith(bundleSummary());
    expect(activated).toEqual([next.uuid]);
    expect(held.list()).toEqual([]);
  });
});
