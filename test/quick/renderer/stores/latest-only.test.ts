import { expect, test } from 'vitest';
import { latestOnly } from '../../../../renderer/stores/latest-only.ts';

test('only the latest of overlapping reads resolves to its value', async () => {
  const resolvers: ((value: string) => void)[] = [];
  const read = latestOnly(() => new Promise<string>((resolve) => resolvers.push(resolve)));
  const first = read();
  const second = read();
  resolvers[1]?.('new');
  resolvers[0]?.('old');
  expect(await Promise.all([first, second])).toEqual([null, 'new']);
});
