import { describe, expect, it } from 'vitest';
import { isNetworkError } from '../../../../main/api/network-errors.ts';

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
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'HPE_INVALID_CONSTANT',
  ])('is of the network if its cause has the code %s', (code) => {
    expect(isNetworkError(fetchFailed(withCode(code)))).toBe(true);
    expect(isNetworkError(new Error('wrapped', { cause: fetchFailed(withCode(code)) }))).toBe(true);
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
