import { Secret, TOTP } from 'otpauth';

/** As long as the hash, as RFC 4226 (section 4) recommends. */
const SECRET_BYTES = 20;
/** What every authenticator supports; many ignore other values in the address. */
const FORM = { issuer: 'Gabinet', algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** A code is accepted one step early and one step late, for clocks that differ and slow fingers. */
const WINDOW_STEPS = 1;

/** A new secret for an authenticator, in base32. */
export const createSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** The secret as an `otpauth://` address. */
export const secretAddress = (secret: string, email: string): string =>
  new TOTP({ ...FORM, label: email, secret }).toString();

/**
 * The time step (RFC 6238, 30 s each) that the code of six digits belongs to; null if it is wrong
 * or too old.
 */
export function stepOfCode(secret: string, code: string, nowMs = Date.now()): number | null {
  const totp = new TOTP({ ...FORM, secret });
  const steps = totp.validate({ token: code, timestamp: nowMs, window: WINDOW_STEPS });
  return steps === null ? null : totp.counter({ timestamp: nowMs }) + steps;
}
