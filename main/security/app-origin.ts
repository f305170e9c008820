/** The scheme of our own pages. Standard and secure, unlike `file:`, so that origins, storage and policies mean something. */
export const APP_SCHEME = 'app';
const APP_HOST = 'gabinet';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
/** The one document of the application. */
export const APP_URL = `${APP_ORIGIN}/`;
/** The page of the preview's frame: the only other document, and only ever in a frame. */
export const PREVIEW_FRAME_URL = `${APP_ORIGIN}/preview.html`;

/**
 * Whether an address lies in our own origin. Compared part by part: `app://gabinet.evil`, `app://x@gabinet` and
 * `app://gabinet:1` begin alike and are something else. (`URL.origin` says `null` for every scheme of one's own.)
 */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}
