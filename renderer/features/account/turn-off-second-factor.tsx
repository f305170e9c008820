import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { MAX_CODE_CHARS, type SignInSecurity } from '../../../shared/contract/account.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { removeSecondFactor } from '../../stores/account/account-store.ts';
import { problemOf } from '../../stores/account/password-rules.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { problemText } from '../../stores/failures/explain-failure.ts';
import { accountDialogTexts as texts } from './texts.en.ts';

export function TurnOffSecondFactor({ security }: { readonly security: SignInSecurity }) {
  const [fields, setFields] = useState({ password: '', code: '' });
  const { isBusy, failure, submit } = useSubmission();
  const passwordProblem = problemOf(failure, 'wrong_password');
  const codeProblem = problemOf(failure, 'wrong_code');
  const canSend = fields.password !== '' && fields.code.trim() !== '' && !isBusy;
  const send = (): void => submit(removeSecondFactor({ password: fields.password, code: fields.code.trim() }));
  return (
    <SubmitForm canSubmit={canSend} onSubmit={send}>
      <div className="flex items-start gap-2">
        <ShieldCheck size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-live" />
        <div>
          <p>{texts.secondFactorOn}</p>
          <p className="text-sm text-ink-faint">{texts.recoveryCodesLeft(security.recoveryCodesLeft)}</p>
        </div>
      </div>
      <PasswordField
        label={texts.password}
        autoComplete="current-password"
        value={fields.password}
        onChange={(password) => setFields({ ...fields, password })}
        problem={passwordProblem}
      />
      <TextField
        label={texts.code}
        autoComplete="one-time-code"
        limit={MAX_CODE_CHARS}
        value={fields.code}
        onChange={(code) => setFields({ ...fields, code })}
        help={texts.codeHelp}
        problem={codeProblem}
      />
      <FormProblem text={problemText(passwordProblem === null && codeProblem === null ? failure : null)} />
      <div className="flex justify-end">
        <Button type="submit" look="danger" isDisabled={!canSend}>
          {texts.turnOff}
        </Button>
      </div>
    </SubmitForm>
  );
}
