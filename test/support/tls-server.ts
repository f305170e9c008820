import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';
import { trustSystemAuthorities } from '../../node/api-client/network/system-authorities.ts';
import type { IssuedCertificate } from './certificates.ts';
import { silentLog } from './silent-log.ts';

/** An https server on a free port of this computer, until the test ends. */
export async function tlsServer({ cert, key }: IssuedCertificate, answer: RequestListener): Promise<number> {
  const server = createServer({ cert, key }, answer);
  // A client that refuses the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return (server.address() as AddressInfo).port;
}

/** This process trusts an authority until the test ends. */
export function trustAuthority(cert: string): void {
  trustSystemAuthorities(silentLog);
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, cert]);
  onTestFinished(() => tls.setDefaultCACertificates(before));
}
