import { causesOf, errorCodeOf } from '../../node/error-code.ts';

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
  // TLS: certificates that are not accepted, and peers that do not speak it
  'EPROTO',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_CHAIN_TOO_LONG',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  // What arrived was cut or damaged
  'Z_BUF_ERROR',
  'Z_DATA_ERROR',
]);

/** `HPE_`: what answers does not speak HTTP. */
const NETWORK_PREFIXES = /^(UND_ERR_(CONNECT|HEADERS|BODY|SOCKET|RES_|CLOSED|DESTROYED)|ERR_TLS_|ERR_SSL_|HPE_)/;

/** A request is only aborted by its own limits: the caller has looked for its signals before. */
const ABORT_NAMES: ReadonlySet<string> = new Set(['AbortError', 'TimeoutError']);

/** fetch refuses the ports of other protocols without a code: nothing can answer there. */
const BAD_PORT = 'bad port';

/** Whether an error means that the server did not answer, or not completely. */
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
