import { LoadingManager } from 'three';

/** An address that no browser can fetch, whatever the policy: `about:` has no resources but `blank`. */
const REFUSED_URL = 'about:gabinet-refused';

/**
 * Threat: a model names an address on the network, to track who looks at it or to reach a server of the inner network.
 * Only what is inside the bundle is loaded, and `ownFiles` of the program itself (name to `data:` address); the frame's
 * policy says the same once more.
 */
export function closedManager(ownFiles: ReadonlyMap<string, string> = new Map()): LoadingManager {
  const manager = new LoadingManager();
  manager.setURLModifier((url) => ownFiles.get(url) ?? (isInside(url) ? url : REFUSED_URL));
  return manager;
}

/** Whether an address holds its own content, or points to bytes that this frame made. */
export function isInside(url: string): boolean {
  return /^(?:data|blob):/i.test(url.trim());
}
