import { type AddressInfo, createServer } from 'node:net';

/** Where Gabinet's own programs talk to each other. */
const LOOPBACK = '127.0.0.1';

/**
 * A TCP port that is free on loopback now: the wanted one if possible, else any other. Somebody
 * else may take it before the caller does. Rejects if there is none.
 */
export async function freePort(wanted = 0): Promise<number> {
  const port = (await tryPort(wanted)) ?? (await tryPort(0));
  if (port === null) throw new Error('There is no free port on this machine.');
  return port;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, LOOPBACK, () => {
      const { port: found } = probe.address() as AddressInfo;
      probe.close(() => resolve(found));
    });
  });
}
