import tls from 'node:tls';

let areTrusted = false;

/**
 * Trusts the certificate authorities of this computer besides Node's, for all connections of the
 * process from now on: a company signs its internal servers itself. Reading them takes about 0.2 s,
 * so it waits for the first https address. Does nothing the second time.
 */
export function trustSystemAuthorities(): void {
  if (areTrusted) return;
  areTrusted = true;
  const own = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...new Set([...own, ...tls.getCACertificates('system')])]);
}
