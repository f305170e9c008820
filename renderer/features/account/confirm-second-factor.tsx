import { useState } from 'react';
import { MAX_CODE_CHARS, type SecondFactorSecret } from '../../../shared/contract/account.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { confirmSecondFactor } from '../../stores/account/account-store.ts';
import { problemOf } from '../../stores/account/password-rules.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { problemText } from '../../stores/failures/explain-failure.ts';
import { groupsOf } from './group-secret.ts';
import { accountDialogTexts as texts } from './texts.en.ts';

interface ConfirmProps {
  readonly secret: SecondFactorSecret;
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
  readonly onBack: () => void;
}

function Secret({ secret: { secret, address } }: Pick<ConfirmProps, 'secret'>) {
  return (
    <div className="flex items-start gap-4">
      <QrCode label={texts.qrCode} text={address} className="size-40 shrink-0 border border-line" />
      <div className="flex min-w-0 flex-col items-start gap-2">
        <p className="text-ink-soft">{texts.scan}</p>
        <code className="text-sm break-words select-text">{groupsOf(secret)}</code>
        <CopyButton label={texts.copySecret} text={secret} />
      </div>
    </div>
  );
}

/** Nothing has changed until the first code is right. */
export function ConfirmSecondFactor({ secret, onConfirmed, onBack }: ConfirmProps) {
  const [code, setCode] = useState('');
  const { isBusy, failure, submit } = useSubmission();
  const field = useFocusOnMount<HTMLInputElement>();
  const problem = problemOf(failure, 'wrong_code');
  const canSend = code.trim() !== '' && !isBusy;
  const send = (): void =>
    submit(confirmSecondFactor(code.trim()), (outcome) => outcome.ok && onConfirmed(outcome.value.recoveryCodes));
  return (
    <SubmitForm canSubmit={canSend} onSubmit={send}>
      <Secret secret={secret} />
      <TextField
        label={texts.code}
        autoComplete="one-time-code"
        inputMode="numeric"
        inputRef={field}
        limit={MAX_CODE_CHARS}
        value={code}
        onChange={setCode}
        help={texts.firstCodeHelp}
        problem={problem}
      />
      <FormProblem text={problemText(problem === null ? failure : null)} />
      <div className="flex justify-end gap-1.5">
        <Button onPress={onBack}>{texts.back}</Button>
        <Button type="submit" look="primary" isDisabled={!canSend}>
          {texts.turnOn}
        </Button>
      </div>
    </SubmitForm>
  );
}
