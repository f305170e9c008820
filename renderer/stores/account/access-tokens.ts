import type { AccessTokenView } from '../../../shared/contract/access-tokens.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/bridge.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { latestOnly } from '../latest-only.ts';
import { announce } from '../notices/announcements.ts';
import { showFailure } from '../notices/notices.ts';
import { useAccount } from './account-store.ts';
import { accountTexts } from './account-texts.en.ts';

const readTokens = latestOnly(() => getBridge().accessTokens.list());

export async function loadAccessTokens(): Promise<void> {
  const outcome = await readTokens();
  if (outcome === null) return;
  if (outcome.ok) useAccount.setState({ accessTokens: outcome.value, accessTokensFailure: null });
  else useAccount.setState({ accessTokensFailure: outcome.failure });
}

export async function createAccessToken(
  wish: InputOf<'accessTokens.create'>,
): Promise<OutputOf<'accessTokens.create'>> {
  const outcome = await getBridge().accessTokens.create(wish);
  if (outcome.ok) announce(accountTexts.tokenMade);
  return outcome;
}

export async function revokeAccessToken({ uuid }: AccessTokenView): Promise<void> {
  const outcome = await getBridge().accessTokens.revoke({ tokenUuid: uuid });
  // It may have been revoked in the meantime, which is what was wanted.
  if (outcome.ok || outcome.failure.code === 'not_found') announce(accountTexts.tokenRevoked);
  else showFailure(outcome.failure);
  await loadAccessTokens();
}
