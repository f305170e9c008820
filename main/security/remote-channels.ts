/**
 * Every channel on which @electron/remote 2.1.3 listens in the main process, and its rule. If a
 * newer version adds a channel, it is not in the table, and the whole module stays off.
 *
 * - `window`: returns the facade
 * - `call`: allowed for the facade's own functions
 * - `release`: allowed, because it only drops references that the renderer itself holds
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
  // Functions are never handed out on their own, so there are none to call.
  REMOTE_BROWSER_FUNCTION_CALL: 'refuse',
  REMOTE_BROWSER_MEMBER_CONSTRUCTOR: 'refuse',
  REMOTE_BROWSER_MEMBER_SET: 'refuse',
  REMOTE_BROWSER_MEMBER_GET: 'refuse',
  // Concerns functions of the renderer that the main process calls; none is ever accepted.
  REMOTE_BROWSER_WRONG_CONTEXT_ERROR: 'refuse',
} as const;

export type RemoteRule = (typeof REMOTE_CHANNELS)[keyof typeof REMOTE_CHANNELS];

/**
 * Events of `app` by which @electron/remote asks for permission. All but the one for the window are
 * refused there, too.
 */
export const REFUSED_REMOTE_EVENTS = [
  'remote-require',
  'remote-get-builtin',
  'remote-get-global',
  'remote-get-current-web-contents',
] as const;
