import { create } from 'zustand';
import type { InputOf, OutputOf } from '../../../shared/contract/bridge.ts';
import type { SessionState, SignedInUser } from '../../../shared/contract/session.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { runCommand } from '../notices/notices.ts';

interface SessionSlice {
  /** Null until it is loaded. */
  readonly session: SessionState | null;
}

export const useSession = create<SessionSlice>(() => ({ session: null }));

/**
 * Keeps the user object if it is unchanged: every sync brings a new state, and only its own display
 * should re-render.
 */
export function applySession(session: SessionState): void {
  const before = useSession.getState().session?.user ?? null;
  const user = isSameUser(before, session.user) ? before : session.user;
  useSession.setState({ session: { ...session, user } });
}

function isSameUser(one: SignedInUser | null, other: SignedInUser | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Null if nobody is signed in or the session is not loaded yet. */
export function useSignedInUser(): SignedInUser | null {
  return useSession((state) => state.session?.user ?? null);
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

export function readLink(pasted: InputOf<'session.readLink'>): Promise<OutputOf<'session.readLink'>> {
  return getBridge().session.readLink(pasted);
}

/** Sets a password with a link and signs in. */
export async function redeemLink(form: InputOf<'session.redeemLink'>): Promise<OutputOf<'session.redeemLink'>> {
  const outcome = await getBridge().session.redeemLink(form);
  if (outcome.ok) applySession(outcome.value);
  return outcome;
}

export async function dismissRepair(): Promise<void> {
  await runCommand(getBridge().session.dismissRepair());
}

export async function revealDamagedFile(): Promise<void> {
  await runCommand(getBridge().session.revealDamagedFile());
}

export async function signOut(): Promise<void> {
  applySession(await getBridge().session.signOut());
}
