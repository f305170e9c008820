import { useEffect, useState } from 'react';
import type { SecondFactorSecret } from '../../../shared/contract/account.ts';
import { loadSecurity, useAccount } from '../../stores/account/account-store.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { start } from '../../stores/notices/notices.ts';
import { ConfirmSecondFactor } from './confirm-second-factor.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { StartSecondFactor } from './start-second-factor.tsx';
import { accountDialogTexts as texts } from './texts.en.ts';
import { TurnOffSecondFactor } from './turn-off-second-factor.tsx';

/** Setting up: the password, then the secret with a first code, then the recovery codes. */
type Setup =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: SecondFactorSecret }
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

const NONE: Setup = { kind: 'none' };

interface SecondFactorProps {
  /** The server asks for it and refuses everything else. */
  readonly isMissing: boolean;
}

export function SecondFactor({ isMissing }: SecondFactorProps) {
  const security = useAccount((state) => state.security);
  const failure = useAccount((state) => state.securityFailure);
  const [setup, setSetup] = useState(NONE);
  useEffect(() => start(loadSecurity()), []);
  const finish = (): void => {
    setSetup(NONE);
    start(loadSecurity());
  };
  if (setup.kind === 'codes') return <RecoveryCodes codes={setup.codes} onDone={finish} />;
  if (setup.kind === 'secret') {
    return (
      <ConfirmSecondFactor
        secret={setup.secret}
        onConfirmed={(codes) => setSetup({ kind: 'codes', codes })}
        onBack={() => setSetup(NONE)}
      />
    );
  }
  if (failure) return <p className="text-ink-soft">{failureSentences(failure)}</p>;
  if (security === null) return <p className="text-ink-faint">{texts.loading}</p>;
  if (security.isOn) return <TurnOffSecondFactor security={security} />;
  if (!security.hasPassword) return <p className="text-ink-soft">{texts.noPassword}</p>;
  return <StartSecondFactor isMissing={isMissing} onStarted={(secret) => setSetup({ kind: 'secret', secret })} />;
}
