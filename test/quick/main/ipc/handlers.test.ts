import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildInvoke } from '../../../../main/ipc/handlers.ts';

const table = {
  'count.double': { input: z.object({ n: z.int() }), output: z.object({ n: z.int() }) },
  'count.broken': { input: z.undefined(), output: z.int() },
} as const;

const invoke = buildInvoke(table, {
  'count.double': ({ n }) => ({ n: 2 * n, secret: 'stays here' }),
  'count.broken': () => 'text' as unknown as number,
});

describe('buildInvoke', () => {
  it('parses input and output, and removes fields that are not in the contract', async () => {
    expect(await invoke('count.double', { n: 21 })).toEqual({ n: 42 });
  });

  it.each(['count.none', '__proto__', 'toString', 'constructor'])('rejects the unknown channel %s', async (channel) => {
    await expect(invoke(channel, undefined)).rejects.toThrow('There is no channel');
  });

  it('rejects an invalid input before the handler runs', async () => {
    await expect(invoke('count.double', { n: 'x' })).rejects.toThrow('Bad input for count.double');
    await expect(invoke('count.double', undefined)).rejects.toThrow('Bad input');
  });

  it('rejects an output that breaks the contract', async () => {
    await expect(invoke('count.broken', undefined)).rejects.toThrow();
  });
});
