import { describe, expect, it } from 'vitest';
import { addSystemAuthorities, type TrustStore } from '../../../../node/api-client/network/system-authorities.ts';
import { silentLog } from '../../../support/silent-log.ts';

interface StoreOptions {
  readonly system: () => string[];
  readonly refuses?: string;
}

/** Trusts `node`, and takes no list that contains what it refuses. */
function trustStore({ system, refuses }: StoreOptions) {
  let trusted: readonly unknown[] = ['node'];
  const store: TrustStore = {
    getCACertificates: (type) => (type === 'system' ? system() : ['node']),
    setDefaultCACertificates: (certificates) => {
      if (certificates.some((one) => one === refuses)) throw new Error('PEM routines::ASN1 lib');
      trusted = certificates;
    },
  };
  const warnings: string[] = [];
  addSystemAuthorities(store, { ...silentLog, warn: (message) => warnings.push(message) });
  return { trusted, warnings };
}

describe('the certificate authorities of the system', () => {
  it('are trusted besides those of Node', () => {
    expect(trustStore({ system: () => ['company', 'node'] })).toEqual({ trusted: ['node', 'company'], warnings: [] });
  });

  it('are trusted except for one that Node refuses', () => {
    const { trusted, warnings } = trustStore({ system: () => ['broken', 'company'], refuses: 'broken' });
    expect(trusted).toEqual(['node', 'company']);
    expect(warnings).toHaveLength(1);
  });

  it('leave those of Node alone if they cannot be read', () => {
    const unreadable = () => {
      throw new Error('the key chain is locked');
    };
    const { trusted, warnings } = trustStore({ system: unreadable });
    expect(trusted).toEqual(['node']);
    expect(warnings).toHaveLength(1);
  });
});
