import { linkKinds } from './account-fields.ts';

/** A setup, invitation or reset link as somebody pastes it. */
export interface PastedLink {
  /** The address of the server as it is in the link; null if only the token was pasted. */
  readonly server: string | null;
  readonly token: string;
}

const TOKEN = /^[A-Za-z0-9_-]{20,200}$/;
const ADDRESS = new RegExp(`^(https?://[^/?#\\s]+)/(?:${linkKinds.join('|')})/([A-Za-z0-9_-]{20,200})/?$`, 'i');

/** Reads `https://host/invitation/token`, or the token alone; null if it is neither. */
export function parseAccountLink(pasted: string): PastedLink | null {
  const text = pasted.trim();
  if (TOKEN.test(text)) return { server: null, token: text };
  const [, server, token] = ADDRESS.exec(text) ?? [];
  return server === undefined || token === undefined ? null : { server, token };
}
