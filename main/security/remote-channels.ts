/**
 * Every channel on which @electron/remote 2.1.3 listens in the main process, and what becomes of it. A channel that a newer
 * version adds is not in the table, and then the whole module stays off.
 *
 * - `window`: answered with the facade
 * - `call`: passes for the facade's own functions
 * - `release`: tells that a renderer let go of something; it only ever drops that renderer's own references
 * - `refuse`: always refused
 */
export const REMOTE_CHANNELS = {
  REMOTE_BROWSER_GET_CURRENT_WINDOW: 'window',
  REMOTE_BROWSER_MEMBER_CALL: 'call',
  REMOTE_BROWSER_DEREFERENCE: 'release',
  REMOTE_BROWSER_CONTEXT_RELEASE: 'release',
  REMOTE_BROWSER_REQUIRE: 'refuse',
  REMOTE_BROWSER_GET_BUILTIN: 'refuse',
  REMOTE_BROWSER_GET_GLOBAL: 'refuse',
  REMOTE_BROWSER_GET_CURRENT_WEB_CONTENTS: 'refuse',
  REMOTE_BROWSER_CONSTRUCTOR: 'refuse',
  // No bare function is ever handed out, so there is none to call.
  REMOTE_BROWSER_FUNCTION_CALL: 'refuse',
  REMOTE_BROWSER_MEMBER_CONSTRUCTOR: 'refuse',
  REMOTE_BROWSER_MEMBER_SET: 'refuse',
  REMOTE_BROWSER_MEMBER_GET: 'refuse',
  // Concerns functions of the renderer that the main process calls; none is ever taken.
  REMOTE_BROWSER_WRONG_CONTEXT_ERROR: 'refuse',
} as const;

export type RemoteRule = (typeof REMOTE_CHANNELS)[keyof typeof REMOTE_CHANNELS];

/** Questions that @electron/remote asks as events of `app` before it answers; all but the window's are refused there too. */
export const REFUSED_REMOTE_EVENTS = [
  'remote-require',
  'remote-get-builtin',
  'remote-get-global',
  'remote-get-current-web-contents',
] as const;
