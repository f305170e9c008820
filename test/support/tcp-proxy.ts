import { onTestFinished } from 'vitest';
import { openTcpWire, type TcpProxy } from './tcp-wire.ts';

export type { TcpProxy } from './tcp-wire.ts';

/**
 * A wire that is closed when the test ends. `serverUrl` is called for each new connection, so the
 * server may move.
 */
export async function startTcpProxy(serverUrl: () => string): Promise<TcpProxy> {
  const wire = await openTcpWire(serverUrl);
  onTestFinished(() => wire.close());
  return wire;
}
