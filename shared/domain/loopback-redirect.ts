const LOOPBACK_ADDRESSES: readonly string[] = ['127.0.0.1', '[::1]'];

/**
 * Whether an identity provider may send its answer there: a path of this computer's own address at
 * a port (RFC 8252, 7.3). `localhost` is refused: it is a name, which may lead elsewhere (8.3).
 */
export function isLoopbackRedirect(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && isLoopbackPage(url) && url.search === '' && url.hash === '' && !/[?#]/.test(text);
}

/** Whether this is a loopback redirect with the answer of an identity provider as its query. */
export function isLoopbackAnswer(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && isLoopbackPage(url) && url.search !== '' && url.hash === '';
}

function isLoopbackPage({ protocol, hostname, port, username, password }: URL): boolean {
  const hasUser = username !== '' || password !== '';
  return protocol === 'http:' && LOOPBACK_ADDRESSES.includes(hostname) && port !== '' && !hasUser;
}
