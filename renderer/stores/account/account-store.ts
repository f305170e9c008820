import { create } from 'zustand';
import type { AccessTokenView } from '../../../shared/contract/access-tokens.ts';
import type { OwnSession, SignInSecurity } from '../../../shared/contract/account.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/bridge.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { SessionState } from '../../../shared/contract/session.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { generalTexts } from '../general-texts.en.ts';
import { latestOnly } from '../latest-only.ts';
import { announce } from '../notices/announcements.ts';
import { showFailure } from '../notices/notices.ts';
import { accountTexts } from './account-texts.en.ts';

export type AccountTab = 'profile' | 'password' | 'second-factor' | 'devices' | 'access-tokens';

interface AccountSlice {
  /** The open tab of the account dialog; null while it is closed. */
  readonly tab: AccountTab | null;
  /** Null: not read yet. */
  readonly sessions: readonly OwnSession[] | null;
  /** Null: not read yet. */
  readonly security: SignInSecurity | null;
  readonly securityFailure: Failure | null;
  /** Why they could not be read. */
  readonly sessionsFailure: Failure | null;
  /** Null: not read yet. */
  readonly accessTokens: readonly AccessTokenView[] | null;
  readonly accessTokensFailure: Failure | null;
}

const CLOSED: AccountSlice = {
  tab: null,
  sessions: null,
  sessionsFailure: null,
  security: null,
  securityFailure: null,
  accessTokens: null,
  accessTokensFailure: null,
};

export const useAccount = create<AccountSlice>(() => CLOSED);

export function openAccount(tab: AccountTab = 'profile'): void {
  useAccount.setState({ tab });
}

/** Also after sign-out: nothing of the last user stays. */
export function closeAccount(): void {
  useAccount.setState(CLOSED);
}

const readSessions = latestOnly(() => getBridge().account.sessions());

export async function loadSessions(): Promise<void> {
  const outcome = await readSessions();
  if (outcome === null) return;
  if (outcome.ok) useAccount.setState({ sessions: outcome.value, sessionsFailure: null });
  else useAccount.setState({ sessionsFailure: outcome.failure });
}

const readSecurity = latestOnly(() => getBridge().account.security());

export async function loadSecurity(): Promise<void> {
  const outcome = await readSecurity();
  if (outcome === null) return;
  if (outcome.ok) useAccount.setState({ security: outcome.value, securityFailure: null });
  else useAccount.setState({ securityFailure: outcome.failure });
}

/** Reads `text` out if the command is done. */
async function announcing<Outcome extends { readonly ok: boolean }>(
  command: Promise<Outcome>,
  text: string,
): Promise<Outcome> {
  const outcome = await command;
  if (outcome.ok) announce(text);
  return outcome;
}

export function startSecondFactor(password: string): Promise<OutputOf<'account.startSecondFactor'>> {
  return getBridge().account.startSecondFactor({ password });
}

export function confirmSecondFactor(code: string): Promise<OutputOf<'account.confirmSecondFactor'>> {
  return announcing(getBridge().account.confirmSecondFactor({ code }), accountTexts.secondFactorOn);
}

export async function removeSecondFactor(
  proof: InputOf<'account.removeSecondFactor'>,
): Promise<OutputOf<'account.removeSecondFactor'>> {
  const outcome = await announcing(getBridge().account.removeSecondFactor(proof), accountTexts.secondFactorOff);
  await loadSecurity();
  return outcome;
}

export function saveRecoveryCodes(codes: readonly string[]): Promise<OutputOf<'account.saveRecoveryCodes'>> {
  return getBridge().account.saveRecoveryCodes({ codes: [...codes] });
}

/** The server refuses everything else before the second factor is set up, so its form opens. */
export function askForSecondFactor(session: SessionState | null, before: SessionState | null): void {
  const isMissing = session?.user?.mustSetUpSecondFactor === true;
  if (isMissing && before?.user?.mustSetUpSecondFactor !== true) openAccount('second-factor');
}

export function renameAccount(name: string): Promise<OutputOf<'account.rename'>> {
  return announcing(getBridge().account.rename({ name }), generalTexts.saved);
}

export function changePassword(change: InputOf<'account.changePassword'>): Promise<OutputOf<'account.changePassword'>> {
  return announcing(getBridge().account.changePassword(change), accountTexts.passwordChanged);
}

export async function endSession({ uuid }: OwnSession): Promise<void> {
  const outcome = await getBridge().account.endSession({ sessionUuid: uuid });
  // It may have ended in the meantime, which is what was wanted.
  if (outcome.ok || outcome.failure.code === 'not_found') announce(accountTexts.sessionsEnded(1));
  else showFailure(outcome.failure);
  await loadSessions();
}

export async function endOtherSessions(): Promise<void> {
  const outcome = await getBridge().account.endOtherSessions();
  if (outcome.ok) announce(accountTexts.sessionsEnded(outcome.value.ended));
  else showFailure(outcome.failure);
  await loadSessions();
}
