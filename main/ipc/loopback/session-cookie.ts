/**
 * Cookies do not distinguish ports. The port is part of the name, so that two shells on one machine
 * do not collide.
 */
function cookieName(port: number): string {
  return `gabinet_session_${port}`;
}

/**
 * Scripts cannot read the cookie, requests of other sites do not carry it, and it expires with the
 * browser session.
 */
export function sessionCookie(port: number, session: string): string {
  return `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Returns the session secret in a Cookie header, or null. */
export function sessionIn(cookieHeader: string | undefined, port: number): string | null {
  const prefix = `${cookieName(port)}=`;
  const pairs = (cookieHeader ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) ?? null;
}
