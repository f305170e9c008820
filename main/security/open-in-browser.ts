import { isProtectedAddress } from '../../shared/domain/server-address.ts';

/**
 * Opens the page of an identity provider in the system browser. Threat: for other schemes the
 * system starts a program (`file:`, `smb:`, handlers of installed programs), so only https is
 * opened, and http on this computer. The page cannot call this with an address: the main process
 * gets the address from the server that the user signs in to.
 */
export async function openInBrowser(shell: { openExternal(url: string): Promise<void> }, url: string): Promise<void> {
  if (!isProtectedAddress(url)) throw new Error('Only https addresses are opened in the browser');
  await shell.openExternal(new URL(url).href);
}
