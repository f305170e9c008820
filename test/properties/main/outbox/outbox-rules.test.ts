import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueuedRow } from '../../../../main/db/operations-repository.ts';
import { pickSendable } from '../../../../main/outbox/outbox-rules.ts';
import { orderKeysOf } from '../../../../shared/domain/intents.ts';
import { propertyRuns } from '../../../support/property-runs.ts';
import { asAvatarUuid } from '../../../support/uuids.ts';

const kinds = ['activate', 'edit', 'trash', 'restore'] as const;

const queueArbitrary: fc.Arbitrary<readonly QueuedRow[]> = fc
  .array(
    fc.record({
      project: fc.constantFrom('p', 'q'),
      avatar: fc.constantFrom('a', 'b'),
      kind: fc.constantFrom(...kinds),
    }),
    { maxLength: 25 },
  )
  .map((wishes) =>
    wishes.map(({ project, avatar, kind }, index) => ({
      id: String(index),
      projectUuid: project,
      avatarUuid: asAvatarUuid(project + avatar),
      kind,
    })),
  );

/** Sends everything, ends requests in any order, and fails some of them once. Returns the order in which they succeeded. */
function sendAll(queue: readonly QueuedRow[], limit: number, next: () => number) {
  const sending = new Set<string>();
  const done: string[] = [];
  const failed = new Set<string>();
  for (let step = 0; done.length < queue.length; step += 1) {
    if (step > 10 * queue.length) throw new Error('it never ends');
    const state = {
      isSending: (id: string) => sending.has(id),
      isAcknowledged: (id: string) => done.includes(id),
      isDelayed: () => false,
      limit,
    };
    for (const id of pickSendable(queue, state)) sending.add(id);
    expect(sending.size).toBeLessThanOrEqual(limit);
    const id = [...sending][next() % sending.size] ?? '';
    sending.delete(id);
    if (next() % 3 === 0 && !failed.has(id)) failed.add(id);
    else done.push(id);
  }
  return done;
}

describe('pickSendable', () => {
  it('keeps the order of each key, whichever request ends first or fails', () => {
    fc.assert(
      fc.property(
        queueArbitrary,
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(), { minLength: 1 }),
        (queue, limit, numbers) => {
          let at = 0;
          const done = sendAll(queue, limit, () => numbers[at++ % numbers.length] ?? 0);
          const lines = new Map<string, number>();
          for (const id of done) {
            const operation = queue[Number(id)];
            if (operation === undefined) throw new Error(`no operation ${id}`);
            for (const line of orderKeysOf(operation)) {
              expect(lines.get(line) ?? -1).toBeLessThan(Number(id));
              lines.set(line, Number(id));
            }
          }
        },
      ),
      propertyRuns(),
    );
  });
});
