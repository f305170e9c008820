import { LoadingManager } from 'three';

/**
 * An address that no browser can fetch, whatever the policy: `about:` only has the resource
 * `blank`.
 */
const REFUSED_URL = 'about:gabinet-refused';

/**
 * Threat: a model refers to an address on the network, to track its viewers or to reach a server of
 * the internal network. Only content of the bundle is loaded, and `ownFiles` of this program (name
 * to `data:` address). The frame's policy enforces the same again.
 */
export function closedManager(ownFiles: ReadonlyMap<string, string> = new Map()): LoadingManager {
  const manager = new LoadingManager();
  manager.setURLModifier((url) => ownFiles.get(url) ?? (isInside(url) ? url : REFUSED_URL));
  return manager;
}

/** Whether an address contains its content (`data:`) or refers to bytes of this frame (`blob:`). */
export function isInside(url: string): boolean {
  return /^(?:data|blob):/i.test(url.trim());
}
