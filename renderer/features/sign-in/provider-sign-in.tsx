import { ExternalLink } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-aria-components';
import type { Failure } from '../../../shared/contract/failure.ts';
import { Button } from '../../components/button.tsx';
import { fieldSentences } from '../../stores/failures/explain-failure.ts';
import { showBug, start } from '../../stores/notices/notices.ts';
import { awaitProviderSignIn, beginProviderSignIn, cancelProviderSignIn } from './provider-sign-in.ts';

import { signInTexts } from './texts.en.ts';

interface ProviderSignInProps {
  readonly serverUrl: string;
  /** Of the identity provider, as the server calls it. */
  readonly name: string;
  /** Another sign-in is running. */
  readonly isBusy: boolean;
}

/** What has been opened: `url` is null if main has opened the browser. */
interface Waiting {
  readonly url: string | null;
}

/** The button for a sign-in with the server's identity provider, and what to do until it is done. */
export function ProviderSignIn({ serverUrl, name, isBusy }: ProviderSignInProps) {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isOver = useOver();

  const signIn = async (): Promise<void> => {
    setFailure(null);
    const started = await beginProviderSignIn(serverUrl);
    if (isOver.current) return;
    if (!started.ok) {
      setFailure(started.failure);
      return;
    }
    setWaiting(started.value);
    const outcome = await awaitProviderSignIn();
    setWaiting(null);
    if (!outcome.ok && outcome.failure.code !== 'provider_sign_in_canceled') setFailure(outcome.failure);
  };

  if (waiting !== null) return <WaitingForBrowser name={name} url={waiting.url} />;
  return (
    <div className="flex flex-col gap-2">
      <Button className="h-8" isDisabled={isBusy} onPress={() => void signIn().catch(showBug)}>
        {signInTexts.continueWith(name)}
      </Button>
      {failure ? (
        <p role="alert" className="rounded-md bg-problem-soft px-3 py-2 text-problem">
          {fieldSentences(failure)}
        </p>
      ) : null}
    </div>
  );
}

/** Whether the form has gone; a sign-in that still waits for the browser then ends. */
function useOver() {
  const isOver = useRef(false);
  useEffect(() => {
    isOver.current = false;
    return () => {
      isOver.current = true;
      start(cancelProviderSignIn());
    };
  }, []);
  return isOver;
}

function WaitingForBrowser({ name, url }: { readonly name: string; readonly url: string | null }) {
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line p-3">
      <output className="block">{signInTexts.waitingForBrowser(name, url !== null)}</output>
      <div className="flex items-center gap-2">
        {url === null ? null : (
          <Link
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex h-7 items-center gap-1.5 rounded-md bg-action px-2.5 font-medium text-on-action data-hovered:bg-action-strong"
          >
            <ExternalLink size={14} aria-hidden />
            {signInTexts.openProvider(name)}
          </Link>
        )}
        <Button onPress={() => start(cancelProviderSignIn())}>{signInTexts.cancel}</Button>
      </div>
    </div>
  );
}
