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

/**
 * More cookies of one name than any browser sends. Each one is hashed, so there must be an end.
 */
const MAX_SESSIONS = 8;

/**
 * Returns the session secrets in a Cookie header. Another program of this computer can set a cookie
 * of the same name for a longer path, and browsers send that one first (RFC 6265, 5.4): it must not
 * shut out the page, whose own cookie is there, too.
 */
export function sessionsIn(cookieHeader: string | undefined, port: number): readonly string[] {
  const prefix = `${cookieName(port)}=`;
  const pairs = (cookieHeader ?? '').split(';').map((pair) => pair.trim());
  const own = pairs.filter((pair) => pair.startsWith(prefix)).slice(0, MAX_SESSIONS);
  return own.map((pair) => pair.slice(prefix.length));
}
