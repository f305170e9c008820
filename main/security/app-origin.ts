/**
 * The scheme of our pages. Unlike `file:` it is standard and secure, so that origins, storage and
 * policies work.
 */
export const APP_SCHEME = 'app';
const APP_HOST = 'gabinet';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
/** The application's only top-level document. */
export const APP_URL = `${APP_ORIGIN}/`;
/** The page of the preview frame: the only other document, and only in a frame. */
export const PREVIEW_FRAME_URL = `${APP_ORIGIN}/preview.html`;

/**
 * Whether an address is in our origin. Compared part by part, because `app://gabinet.evil`,
 * `app://x@gabinet` and `app://gabinet:1` look similar. (`URL.origin` is `null` for custom
 * schemes.)
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
