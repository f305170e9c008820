import { useState } from 'react';
import { MAX_CODE_CHARS } from '../../../shared/contract/account.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { problemOf } from '../../stores/account/password-rules.ts';
import { signIn } from '../../stores/account/session-store.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { problemText } from '../../stores/failures/explain-failure.ts';
import type { Credentials } from './sign-in-form.tsx';
import { signInTexts } from './texts.en.ts';

interface CodeFormProps {
  readonly credentials: Credentials;
  readonly onBack: () => void;
}

/** The second factor, after the password was right. */
export function CodeForm({ credentials, onBack }: CodeFormProps) {
  const [code, setCode] = useState('');
  const { isBusy, failure, submit } = useSubmission();
  const field = useFocusOnMount<HTMLInputElement>();
  const problem = problemOf(failure, 'wrong_code');
  const canSend = code.trim() !== '' && !isBusy;
  const send = (): void => submit(signIn({ ...credentials, code: code.trim() }));
  return (
    <SubmitForm label={signInTexts.codeForm} canSubmit={canSend} onSubmit={send}>
      <p className="text-ink-soft">{signInTexts.codeFor(credentials.email)}</p>
      <TextField
        label={signInTexts.code}
        autoComplete="one-time-code"
        spellCheck="false"
        inputRef={field}
        limit={MAX_CODE_CHARS}
        value={code}
        onChange={setCode}
        help={signInTexts.codeHelp}
        problem={problem}
      />
      <FormProblem text={problemText(problem === null ? failure : null)} />
      <Button type="submit" look="primary" isDisabled={!canSend} className="h-8">
        {isBusy ? signInTexts.signingIn : signInTexts.signIn}
      </Button>
      <Button look="quiet" onPress={onBack} className="self-center font-normal">
        {signInTexts.back}
      </Button>
    </SubmitForm>
  );
}
