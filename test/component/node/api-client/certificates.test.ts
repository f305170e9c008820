import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApiClient } from '../../../../node/api-client/api-client.ts';
import { getServerInfo } from '../../../../shared/api/server-info.ts';
import type { CertificateProblem } from '../../../../shared/contract/failure.ts';
import { DAY_MS } from '../../../../shared/lib/durations.ts';
import { createAuthority, type IssuedCertificate, selfSignedCertificate } from '../../../support/certificates.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { tlsServer, trustAuthority } from '../../../support/tls-server.ts';

const CHILD = join(import.meta.dirname, '../../../support/probe-child.ts');

async function ask(certificate: IssuedCertificate) {
  const port = await tlsServer(certificate, (_request, response) => response.end('{}'));
  return askAt(`https://localhost:${port}`);
}

async function askAt(serverUrl: string) {
  const api = createApiClient({ serverUrl, token: null, log: silentLog, onUnauthenticated: () => undefined });
  const result = await api.call(getServerInfo, {});
  return { serverUrl, failure: result.ok ? null : result.failure };
}

const authority = createAuthority();
const ago = new Date(Date.now() - 3 * DAY_MS);
const later = new Date(Date.now() + 3 * DAY_MS);

describe('a certificate that is refused', () => {
  it.each<[CertificateProblem, string, () => IssuedCertificate]>([
    ['self_signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', () => selfSignedCertificate()],
    ['unknown_authority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', () => createAuthority().issue()],
    ['expired', 'CERT_HAS_EXPIRED', () => authority.issue({ notBefore: ago, notAfter: new Date(Date.now() - 1000) })],
    [
      'not_yet_valid',
      'CERT_NOT_YET_VALID',
      () => authority.issue({ notBefore: new Date(Date.now() + DAY_MS), notAfter: later }),
    ],
    ['wrong_host', 'ERR_TLS_CERT_ALTNAME_INVALID', () => authority.issue({ host: 'other.example' })],
  ])('is named: %s', async (problem, systemCode, issue) => {
    trustAuthority(authority.cert);
    const { serverUrl, failure } = await ask(issue());
    expect(failure).toMatchObject({ kind: 'network', code: 'certificate_refused', serverUrl, problem, systemCode });
  });

  it('is not confused with an answer other than TLS', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-hello\r\n'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => void server.close());
    const { port } = server.address() as { readonly port: number };
    const { failure } = await askAt(`https://localhost:${port}`);
    expect(failure).toMatchObject({ kind: 'network', code: 'tls_failed', systemCode: 'ERR_SSL_WRONG_VERSION_NUMBER' });
  });
});

describe('a certificate of an authority that this computer trusts', () => {
  // Windows and macOS keep their authorities where a test cannot add one.
  it.skipIf(process.platform !== 'linux')('is accepted', async () => {
    const own = createAuthority();
    const port = await tlsServer(own.issue(), (_request, response) => response.end('{}'));
    const file = join(await tempFolder(), 'authorities.pem');
    await writeFile(file, own.cert);
    const probe = async (environment: NodeJS.ProcessEnv) => {
      const env = { ...process.env, ...environment };
      const { stdout } = await promisify(execFile)(process.execPath, [CHILD, `https://localhost:${port}`], { env });
      return JSON.parse(stdout) as unknown;
    };
    // The answer is none of a Gabinet server, but it was read.
    expect(await probe({ SSL_CERT_FILE: file })).toMatchObject({ failure: { code: 'not_a_server' } });
    expect(await probe({})).toMatchObject({ failure: { code: 'certificate_refused', problem: 'unknown_authority' } });
  });
});
