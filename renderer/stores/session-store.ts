import { create } from 'zustand';
import type { InputOf, OutputOf } from '../../shared/contract/bridge.ts';
import type { SessionState } from '../../shared/contract/session.ts';
import { getBridge } from '../bridge/bridge.ts';

interface SessionSlice {
  /** Null until the main process has answered for the first time. */
  readonly session: SessionState | null;
}

export const useSession = create<SessionSlice>(() => ({ session: null }));

export function applySession(session: SessionState): void {
  useSession.setState({ session });
}

export async function loadSession(): Promise<void> {
  applySession(await getBridge().session.get());
}

export function probeServer(serverUrl: string): Promise<OutputOf<'session.probe'>> {
  return getBridge().session.probe({ serverUrl });
}

export async function signIn(form: InputOf<'session.signIn'>): Promise<OutputOf<'session.signIn'>> {
  const outcome = await getBridge().session.signIn(form);
  if (outcome.ok) applySession(outcome.value);
  return outcome;
}

export async function signOut(): Promise<void> {
  applySession(await getBridge().session.signOut());
}
