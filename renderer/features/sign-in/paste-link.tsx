import { useState } from 'react';
import type { Failure, FailureCode } from '../../../shared/contract/failure.ts';
import { type AccountLink, MAX_LINK_CHARS } from '../../../shared/contract/session.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { readLink } from '../../stores/account/session-store.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { fieldSentences, problemText } from '../../stores/failures/explain-failure.ts';
import { type ServerChoice, ServerField } from './server-field.tsx';
import { signInTexts } from './texts.en.ts';

const ABOUT_LINK: readonly FailureCode[] = ['not_a_link', 'link_invalid', 'invalid_request'];

interface PasteLinkProps extends ServerChoice {
  /** The server has no administrator yet: only a setup link works. */
  readonly isSetup: boolean;
  readonly onRead: (link: AccountLink) => void;
  /** Null if there is nothing to go back to. */
  readonly onBack: (() => void) | null;
}

function isAboutLink(failure: Failure | null): failure is Failure {
  return failure !== null && ABOUT_LINK.includes(failure.code);
}

export function PasteLink({ isSetup, onRead, onBack, ...server }: PasteLinkProps) {
  const [link, setLink] = useState('');
  const { isBusy, failure, submit } = useSubmission();
  const field = useFocusOnMount<HTMLInputElement>();
  const canSend = link.trim() !== '' && !isBusy;
  const send = (): void => {
    submit(readLink({ serverUrl: server.serverUrl, link }), (outcome) => outcome.ok && onRead(outcome.value));
  };
  return (
    <SubmitForm label={isSetup ? signInTexts.setupForm : signInTexts.linkForm} canSubmit={canSend} onSubmit={send}>
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold">{isSetup ? signInTexts.notSetUp : signInTexts.linkTitle}</h2>
        <p className="text-ink-soft">{isSetup ? signInTexts.notSetUpHelp : signInTexts.linkHelp}</p>
      </div>
      <TextField
        label={isSetup ? signInTexts.setupLink : signInTexts.link}
        autoComplete="off"
        spellCheck="false"
        inputRef={field}
        limit={MAX_LINK_CHARS}
        value={link}
        onChange={setLink}
        problem={isAboutLink(failure) ? fieldSentences(failure) : null}
      />
      <ServerField {...server} failure={null} />
      <FormProblem text={problemText(isAboutLink(failure) ? null : failure)} />
      <Button type="submit" look="primary" isDisabled={!canSend} className="h-8">
        {signInTexts.continue}
      </Button>
      {onBack ? (
        <Button look="quiet" onPress={onBack} className="self-center font-normal">
          {signInTexts.back}
        </Button>
      ) : null}
    </SubmitForm>
  );
}
