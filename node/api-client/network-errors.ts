import type { FailureOf } from '../../shared/contract/failure.ts';
import { causesOf, errorCodeOf } from '../error-code.ts';
import { refusedCertificateIn, tlsCodeIn } from './network/certificate-problems.ts';
import { ProxyError } from './network/proxy-error.ts';

/**
 * The error codes that mean that no answer came. Anything else that a request throws is a bug. From
 * Node's documentation of system errors, DNS, TLS and HTTP, and undici's list of errors.
 */
const NETWORK_CODES: ReadonlySet<string> = new Set([
  // Sockets
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENOTCONN',
  'EADDRNOTAVAIL',
  'ERR_STREAM_PREMATURE_CLOSE',
  // Names
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  // What arrived was cut or damaged
  'Z_BUF_ERROR',
  'Z_DATA_ERROR',
]);

/** `HPE_`: what answers does not speak HTTP. */
const NETWORK_PREFIXES = /^(UND_ERR_(CONNECT|HEADERS|BODY|SOCKET|RES_|CLOSED|DESTROYED)|HPE_)/;

/** A request is only aborted by its own limits: the caller has looked for its signals before. */
const ABORT_NAMES: ReadonlySet<string> = new Set(['AbortError', 'TimeoutError']);

/** fetch refuses the ports of other protocols without a code: nothing can answer there. */
const BAD_PORT = 'bad port';

/**
 * Why a request did not reach the server, if a certificate, TLS or a proxy is the reason; null
 * otherwise.
 */
export function reasonUnreached(
  error: unknown,
  serverUrl: string,
): FailureOf<'certificate_refused' | 'tls_failed' | 'proxy_failed'> | null {
  const proxyError = causesOf(error).find((cause) => cause instanceof ProxyError);
  if (proxyError) {
    const { proxy, problem, status } = proxyError;
    return { code: 'proxy_failed', serverUrl, proxy, problem, status };
  }
  const refused = refusedCertificateIn(error);
  if (refused !== null) return { code: 'certificate_refused', serverUrl, ...refused };
  const systemCode = tlsCodeIn(error);
  return systemCode === null ? null : { code: 'tls_failed', serverUrl, systemCode };
}

/**
 * Whether an error means that the server did not answer, or not completely, and `reasonUnreached`
 * knows no reason.
 */
export function isNetworkError(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    const code = errorCodeOf(cause);
    return (
      NETWORK_CODES.has(code) ||
      NETWORK_PREFIXES.test(code) ||
      ABORT_NAMES.has(cause.name) ||
      cause.message === BAD_PORT
    );
  });
}
