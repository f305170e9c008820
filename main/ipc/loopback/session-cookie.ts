/** Cookies know no ports: the port is in the name, so that two shells on one machine keep apart. */
function cookieName(port: number): string {
  return `gabinet_session_${port}`;
}

/** No script reads it, no other site's request carries it, and it ends with the browser. */
export function sessionCookie(port: number, session: string): string {
  return `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;
}

/** The session secret of a Cookie header, or null. */
export function sessionIn(cookieHeader: string | undefined, port: number): string | null {
  const prefix = `${cookieName(port)}=`;
  const pairs = (cookieHeader ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) ?? null;
}
