import tls from 'node:tls';
import { reasonOf } from '../../error-code.ts';
import type { Log } from '../../log.ts';

/** The part of `node:tls` that keeps whom this process trusts. */
export type TrustStore = Pick<typeof tls, 'getCACertificates' | 'setDefaultCACertificates'>;

let wasTried = false;

/**
 * Trusts the certificate authorities of this computer besides Node's, for all connections of the
 * process from now on: a company signs its internal servers itself. Reading them takes about 0.2 s,
 * so it waits for the first https address. Does nothing the second time.
 */
export function trustSystemAuthorities(log: Log): void {
  if (wasTried) return;
  wasTried = true;
  addSystemAuthorities(tls, log);
}

/** Never throws: what the system has and Node refuses is logged and left out. */
export function addSystemAuthorities(store: TrustStore, log: Log): void {
  try {
    const own = store.getCACertificates('default');
    const system = store.getCACertificates('system');
    const all = [...new Set([...own, ...system])];
    if (isAccepted(store, all)) return;
    const usable = all.filter((one) => isAccepted(store, [one]));
    store.setDefaultCACertificates(usable);
    log.warn('Not all certificate authorities of this computer are usable', { unusable: all.length - usable.length });
  } catch (error) {
    log.warn('The certificate authorities of this computer are not trusted', { error: reasonOf(error) });
  }
}

/** If so, the store trusts them and nobody else. */
function isAccepted(store: TrustStore, authorities: readonly string[]): boolean {
  try {
    store.setDefaultCACertificates(authorities);
    return true;
  } catch {
    return false;
  }
}
