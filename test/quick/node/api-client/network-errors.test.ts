import { describe, expect, it } from 'vitest';
import { isNetworkError, reasonUnreached } from '../../../../node/api-client/network-errors.ts';

const withCode = (code: string) => Object.assign(new Error(code), { code });
/** As fetch reports what its socket reported. */
const fetchFailed = (cause: Error) => new TypeError('fetch failed', { cause });

describe('an error of a request', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EPIPE',
    'UND_ERR_SOCKET',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    'HPE_INVALID_CONSTANT',
  ])('is of the network if its cause has the code %s', (code) => {
    expect(isNetworkError(fetchFailed(withCode(code)))).toBe(true);
    expect(isNetworkError(new Error('wrapped', { cause: fetchFailed(withCode(code)) }))).toBe(true);
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', { code: 'certificate_refused', problem: 'self_signed' }],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', { code: 'certificate_refused', problem: 'unknown_authority' }],
    ['CERT_REVOKED', { code: 'certificate_refused', problem: 'revoked' }],
    ['UNSPECIFIED', { code: 'certificate_refused', problem: 'unusable' }],
    ['ERR_TLS_CERT_ALTNAME_INVALID', { code: 'certificate_refused', problem: 'wrong_host' }],
    ['ERR_TLS_HANDSHAKE_TIMEOUT', { code: 'tls_failed' }],
    ['ERR_SSL_WRONG_VERSION_NUMBER', { code: 'tls_failed' }],
  ] as const)('has a reason if its cause has the code %s', (systemCode, reason) => {
    const serverUrl = 'https://gabinet.example';
    expect(reasonUnreached(fetchFailed(withCode(systemCode)), serverUrl)).toEqual({ ...reason, serverUrl, systemCode });
  });

  it('has no reason if nothing answered', () => {
    expect(reasonUnreached(fetchFailed(withCode('ECONNREFUSED')), 'https://gabinet.example')).toBeNull();
  });

  it.each(['AbortError', 'TimeoutError'])('is of the network if a limit ended the request (%s)', (name) => {
    expect(isNetworkError(new DOMException('The operation was aborted', name))).toBe(true);
  });

  it.each([
    ['a TypeError', new TypeError("Cannot read properties of undefined (reading 'x')")],
    ['a failed fetch without a cause', new TypeError('fetch failed')],
    ['a failed fetch with another cause', fetchFailed(new Error('invalid header'))],
    ['an argument that fetch refuses', fetchFailed(withCode('UND_ERR_INVALID_ARG'))],
    ['an error of a file', withCode('ENOENT')],
    ['an error of SQLite', withCode('SQLITE_FULL')],
    ['a value that is not an error', 'ECONNRESET'],
  ])('is a bug if it is %s', (_what, error) => {
    expect(isNetworkError(error)).toBe(false);
  });
});
