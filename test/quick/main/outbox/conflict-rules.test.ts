import { describe, expect, it } from 'vitest';
import { decideConflict, rebased } from '../../../../main/outbox/conflict-rules.ts';
import type { VersionUuid } from '../../../../shared/domain/ids.ts';
import type { ActivateIntent } from '../../../../shared/domain/intents.ts';
import { asVersionUuid } from '../../../support/uuids.ts';

const [mara1, mara2, robin] = [asVersionUuid('mara1'), asVersionUuid('mara2'), asVersionUuid('robin')];
const AT = '2026-02-02T00:00:00.000Z';

/** Mara v1 was active, then Mara v2, which this takes back. */
const undo: ActivateIntent = {
  kind: 'activate',
  versionUuid: mara1,
  expectedActiveUuid: mara2,
  onConflict: 'ask',
  how: 'undo',
  undoes: 'activation',
};
const active = (activeUuid: VersionUuid | null) => ({ kind: 'active', activeUuid, by: 'Erik', at: AT }) as const;

describe('an undo that is no longer about the newest activation', () => {
  it('asks, also if somebody has chosen the same version again', () => {
    for (const theirs of [robin, mara2, null]) {
      expect(decideConflict({ intent: undo, createdAt: AT }, active(theirs))).toEqual({ kind: 'ask' });
    }
  });

  it('has nothing left to do if the wanted version is active', () => {
    expect(decideConflict({ intent: undo, createdAt: AT }, active(mara1))).toEqual({ kind: 'done' });
  });

  it('leaves an upload of the same user as it is', () => {
    const own = { createdAt: '2026-01-01T00:00:00.000Z' };
    expect(decideConflict({ intent: undo, createdAt: AT }, active(robin), own)).toEqual({ kind: 'done' });
  });

  it('becomes a choice once its user insists on it', () => {
    expect(rebased(undo, active(robin))).toEqual({ ...undo, expectedActiveUuid: robin, how: 'choice', undoes: null });
  });

  it('differs from other activations, which are sent again if the active version is the expected one', () => {
    const choice: ActivateIntent = { ...undo, how: 'rollback', undoes: null };
    expect(decideConflict({ intent: choice, createdAt: AT }, active(mara2))).toMatchObject({ kind: 'send' });
    expect(rebased(choice, active(robin))).toMatchObject({ how: 'rollback', expectedActiveUuid: robin });
  });
});
