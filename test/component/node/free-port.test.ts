import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '../../../node/free-port.ts';

test('a free port is the wanted one, or another if that is taken', async () => {
  const wanted = await freePort();
  expect(await freePort(wanted)).toBe(wanted);
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(wanted, '127.0.0.1', resolve));
  expect(await freePort(wanted)).not.toBe(wanted);
  holder.close();
});
