import type { OutputOf } from '../../../shared/contract/bridge.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { applySession } from '../../stores/account/session-store.ts';

/** Returns the address that the page must open; null if the system browser has been opened. */
export function beginProviderSignIn(serverUrl: string): Promise<OutputOf<'session.startProviderSignIn'>> {
  return getBridge().session.startProviderSignIn({ serverUrl });
}

/** Waits until the browser has returned, the sign-in was canceled, or its time is over. */
export async function awaitProviderSignIn(): Promise<OutputOf<'session.finishProviderSignIn'>> {
  const outcome = await getBridge().session.finishProviderSignIn();
  if (outcome.ok) applySession(outcome.value);
  return outcome;
}

export async function cancelProviderSignIn(): Promise<void> {
  await getBridge().session.cancelProviderSignIn();
}
