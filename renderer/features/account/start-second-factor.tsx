import { useState } from 'react';
import type { SecondFactorSecret } from '../../../shared/contract/account.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { startSecondFactor } from '../../stores/account/account-store.ts';
import { problemOf } from '../../stores/account/password-rules.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { problemText } from '../../stores/failures/explain-failure.ts';
import { accountDialogTexts as texts } from './texts.en.ts';

interface StartProps {
  readonly isMissing: boolean;
  readonly onStarted: (secret: SecondFactorSecret) => void;
}

export function StartSecondFactor({ isMissing, onStarted }: StartProps) {
  const [password, setPassword] = useState('');
  const { isBusy, failure, submit } = useSubmission();
  const problem = problemOf(failure, 'wrong_password');
  const canSend = password !== '' && !isBusy;
  const send = (): void => submit(startSecondFactor(password), (outcome) => outcome.ok && onStarted(outcome.value));
  return (
    <SubmitForm canSubmit={canSend} onSubmit={send}>
      {isMissing ? <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">{texts.secondFactorMissing}</p> : null}
      <p className="text-ink-soft">{texts.secondFactorOff}</p>
      <PasswordField
        label={texts.password}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        problem={problem}
      />
      <FormProblem text={problemText(problem === null ? failure : null)} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" isDisabled={!canSend}>
          {texts.setUp}
        </Button>
      </div>
    </SubmitForm>
  );
}
