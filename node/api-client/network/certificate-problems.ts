import type { CertificateProblem } from '../../../shared/contract/failure.ts';
import { causesOf, errorCodeOf } from '../../error-code.ts';

/**
 * Why a certificate was refused. From Node's documentation of TLS, `X509 certificate error codes`,
 * and its own codes for names.
 */
const PROBLEMS: Readonly<Record<string, CertificateProblem>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown_authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown_authority',
  CERT_UNTRUSTED: 'unknown_authority',
  CERT_HAS_EXPIRED: 'expired',
  CRL_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not_yet_valid',
  CRL_NOT_YET_VALID: 'not_yet_valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong_host',
  HOSTNAME_MISMATCH: 'wrong_host',
  CERT_REVOKED: 'revoked',
  CERT_CHAIN_TOO_LONG: 'unusable',
  CERT_REJECTED: 'unusable',
  CERT_SIGNATURE_FAILURE: 'unusable',
  CRL_SIGNATURE_FAILURE: 'unusable',
  ERROR_IN_CERT_NOT_AFTER_FIELD: 'unusable',
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 'unusable',
  ERROR_IN_CRL_LAST_UPDATE_FIELD: 'unusable',
  ERROR_IN_CRL_NEXT_UPDATE_FIELD: 'unusable',
  ERR_TLS_CERT_ALTNAME_FORMAT: 'unusable',
  INVALID_CA: 'unusable',
  INVALID_PURPOSE: 'unusable',
  PATH_LENGTH_EXCEEDED: 'unusable',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'unusable',
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'unusable',
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: 'unusable',
  UNABLE_TO_GET_CRL: 'unusable',
  /** Whatever OpenSSL refuses besides, such as a key that is too short. */
  UNSPECIFIED: 'unusable',
};

export interface RefusedCertificate {
  readonly problem: CertificateProblem;
  /** OpenSSL's or Node's name for it. */
  readonly systemCode: string;
}

/** Null if no certificate was refused. */
export function refusedCertificateIn(error: unknown): RefusedCertificate | null {
  const systemCode = causesOf(error)
    .map(errorCodeOf)
    .find((code) => Object.hasOwn(PROBLEMS, code));
  const problem = systemCode === undefined ? undefined : PROBLEMS[systemCode];
  return systemCode === undefined || problem === undefined ? null : { problem, systemCode };
}

/** The two ends could not agree on TLS, or the other end does not speak it. */
const TLS_CODES = /^(EPROTO$|ERR_TLS_|ERR_SSL_)/;

/** The code with which TLS failed for another reason than a certificate; null if it didn't. */
export function tlsCodeIn(error: unknown): string | null {
  return (
    causesOf(error)
      .map(errorCodeOf)
      .find((code) => TLS_CODES.test(code)) ?? null
  );
}
