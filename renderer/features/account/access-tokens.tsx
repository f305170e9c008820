import { KeyRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { AccessTokenView } from '../../../shared/contract/access-tokens.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { formatExactly } from '../../components/format-time.ts';
import { loadAccessTokens, revokeAccessToken } from '../../stores/account/access-tokens.ts';
import { loadSecurity, useAccount } from '../../stores/account/account-store.ts';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { start } from '../../stores/notices/notices.ts';
import { accessTokenTexts as texts } from './access-token-texts.en.ts';
import { MadeToken } from './made-token.tsx';
import { NewToken } from './new-token.tsx';
import { isExpired, lifeOf, scopeList } from './token-rules.ts';

interface TokenProps {
  readonly token: AccessTokenView;
  readonly onEnd: () => void;
}

/** Asked in place, because revoking cannot be undone. */
function RevokeQuestion({ token, onEnd }: TokenProps) {
  const revoke = (): void => {
    onEnd();
    start(revokeAccessToken(token));
  };
  const question = useRef<HTMLFieldSetElement>(null);
  useEffect(() => question.current?.querySelector('button')?.focus(), []);
  return (
    <fieldset ref={question} aria-label={texts.revokeToken(token.name)} className="flex flex-col gap-2 py-2">
      <p>{texts.revokeQuestion(token.name)}</p>
      <div className="flex justify-end gap-1.5">
        <Button onPress={onEnd}>{texts.keep}</Button>
        <Button look="danger" onPress={revoke}>
          {texts.revoke}
        </Button>
      </div>
    </fieldset>
  );
}

function Token({ token }: { readonly token: AccessTokenView }) {
  const [isAsking, setAsking] = useState(false);
  const offline = useOfflineReason();
  const isOver = isExpired(token);
  return (
    <li aria-label={token.name}>
      {isAsking ? (
        <RevokeQuestion token={token} onEnd={() => setAsking(false)} />
      ) : (
        <div className="flex items-center gap-3 py-2">
          <KeyRound size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-faint" />
          <div className="min-w-0 flex-1">
            <p dir="auto" className="truncate text-left font-medium">
              {token.name}
            </p>
            <p className="truncate text-sm text-ink-soft">{scopeList(token.scopes)}</p>
            <p
              className={classNames('text-sm', isOver ? 'text-problem' : 'text-ink-faint')}
              title={formatExactly(token.expiresAt)}
            >
              {lifeOf(token)}
            </p>
          </div>
          <Button
            aria-label={isOver ? texts.removeToken(token.name) : texts.revokeToken(token.name)}
            blockedReason={offline}
            onPress={() => (isOver ? start(revokeAccessToken(token)) : setAsking(true))}
          >
            {isOver ? texts.remove : texts.revoke}
          </Button>
        </div>
      )}
    </li>
  );
}

function TokenList({ onNew }: { readonly onNew: () => void }) {
  const tokens = useAccount((state) => state.accessTokens);
  const failure = useAccount((state) => state.accessTokensFailure);
  const offline = useOfflineReason();
  if (failure) return <p className="text-ink-soft">{failureSentences(failure)}</p>;
  if (tokens === null) return <p className="text-ink-faint">{texts.loading}</p>;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-soft">{texts.help}</p>
      {tokens.length === 0 ? (
        <p className="py-4 text-center text-ink-faint">{texts.none}</p>
      ) : (
        <ul aria-label={texts.tokens} className="max-h-72 divide-y divide-line overflow-y-auto">
          {tokens.map((token) => (
            <Token key={token.uuid} token={token} />
          ))}
        </ul>
      )}
      <Button look="primary" className="self-end" blockedReason={offline} onPress={onNew}>
        {texts.newToken}
      </Button>
    </div>
  );
}

/** Making one: the form, then its secret, which is shown once. */
type Step = { readonly kind: 'list' | 'form' } | { readonly kind: 'made'; readonly secret: string };

const LIST: Step = { kind: 'list' };

export function AccessTokens() {
  const security = useAccount((state) => state.security);
  const [step, setStep] = useState<Step>(LIST);
  useEffect(() => {
    start(loadAccessTokens());
    start(loadSecurity());
  }, []);
  const finish = (): void => {
    setStep(LIST);
    start(loadAccessTokens());
  };
  if (step.kind === 'made') return <MadeToken secret={step.secret} onDone={finish} />;
  if (step.kind === 'form') {
    return (
      <NewToken
        hasPassword={security?.hasPassword ?? true}
        onMade={(secret) => setStep({ kind: 'made', secret })}
        onBack={() => setStep(LIST)}
      />
    );
  }
  return <TokenList onNew={() => setStep({ kind: 'form' })} />;
}
