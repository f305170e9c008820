import { expect, test } from 'vitest';
import { latestOnly } from '../../../../renderer/stores/latest-only.ts';

test('only the answer to the latest call counts, in whatever order they come', async () => {
  const answers: ((value: string) => void)[] = [];
  const read = latestOnly(() => new Promise<string>((resolve) => answers.push(resolve)));
  const first = read();
  const second = read();
  answers[1]?.('new');
  answers[0]?.('old');
  expect(await Promise.all([first, second])).toEqual([null, 'new']);
});
