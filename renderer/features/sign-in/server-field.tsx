import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { OutputOf } from '../../../shared/contract/bridge.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { MAX_SERVER_URL_CHARS } from '../../../shared/contract/session.ts';
import { classNames } from '../../components/class-names.ts';
import { TextField } from '../../components/text-field.tsx';
import { fieldSentences } from '../../stores/failures/explain-failure.ts';
import { signInTexts } from './texts.en.ts';

/** The server that a form talks to, and what it says about itself. */
export interface ServerChoice {
  readonly serverUrl: string;
  readonly setServerUrl: (serverUrl: string) => void;
  readonly probe: OutputOf<'session.probe'> | null;
}

function hostOf(serverUrl: string): string {
  return URL.canParse(serverUrl) ? new URL(serverUrl).host : serverUrl;
}

interface ServerFieldProps extends ServerChoice {
  /** A failure of the form that is about the server. */
  readonly failure: Failure | null;
}

/** Folded until it is needed: most people never change the server. */
export function ServerField({ serverUrl, setServerUrl, probe, failure }: ServerFieldProps) {
  const [isShown, setShown] = useState(false);
  const problem = probe && !probe.ok ? probe.failure : failure;
  return (
    <div className="flex flex-col gap-2">
      <AriaButton
        aria-expanded={isShown || problem !== null}
        onPress={() => setShown(!isShown)}
        className="flex cursor-default items-center gap-1 self-start rounded-sm text-sm text-ink-soft"
      >
        <ChevronRight size={13} aria-hidden className={classNames(isShown && 'rotate-90')} />
        {signInTexts.server(hostOf(serverUrl))}
      </AriaButton>
      {isShown || problem ? (
        <TextField
          label={signInTexts.serverAddress}
          type="url"
          limit={MAX_SERVER_URL_CHARS}
          value={serverUrl}
          onChange={setServerUrl}
          problem={problem ? fieldSentences(problem) : null}
        />
      ) : null}
    </div>
  );
}
