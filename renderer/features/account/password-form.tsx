import { useState } from 'react';
import type { Failure } from '../../../shared/contract/failure.ts';
import { MAX_PASSWORD_CHARS } from '../../../shared/domain/account-fields.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { changePassword, loadSessions } from '../../stores/account/account-store.ts';
import {
  isPasswordLongEnough,
  newPasswordProblem,
  passwordHelp,
  problemOf,
} from '../../stores/account/password-rules.ts';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { fieldSentences } from '../../stores/failures/explain-failure.ts';
import { start } from '../../stores/notices/notices.ts';
import { accountDialogTexts as texts } from './texts.en.ts';

interface PasswordFields {
  readonly current: string;
  readonly wanted: string;
  readonly endsOtherSessions: boolean;
}

const EMPTY: PasswordFields = { current: '', wanted: '', endsOtherSessions: true };
const BESIDE_FIELDS: readonly string[] = ['wrong_password', 'weak_password'];

function FormFoot({ failure, isDone }: { readonly failure: Failure | null; readonly isDone: boolean }) {
  if (failure && !BESIDE_FIELDS.includes(failure.code)) return <FormProblem text={fieldSentences(failure)} />;
  return isDone ? <p className="text-ink-soft">{texts.passwordChanged}</p> : null;
}

/** The new password is typed once, because it can be shown. */
export function PasswordForm() {
  const [fields, setFields] = useState(EMPTY);
  const { isBusy, failure, submit } = useSubmission();
  const [isDone, setDone] = useState(false);
  const offline = useOfflineReason();
  const canSave = fields.current !== '' && isPasswordLongEnough(fields.wanted) && !isBusy && offline === null;
  const change = (patch: Partial<PasswordFields>): void => {
    setFields({ ...fields, ...patch });
    setDone(false);
  };
  const save = (): void =>
    submit(changePassword(fields), (outcome) => {
      if (!outcome.ok) return;
      setFields(EMPTY);
      setDone(true);
      start(loadSessions());
    });
  return (
    <SubmitForm canSubmit={canSave} onSubmit={save}>
      <PasswordField
        label={texts.currentPassword}
        autoComplete="current-password"
        value={fields.current}
        onChange={(current) => change({ current })}
        problem={problemOf(failure, 'wrong_password')}
      />
      <PasswordField
        label={texts.newPassword}
        autoComplete="new-password"
        value={fields.wanted}
        onChange={(wanted) => change({ wanted })}
        limit={MAX_PASSWORD_CHARS}
        help={passwordHelp(fields.wanted)}
        problem={newPasswordProblem(fields.wanted, failure)}
      />
      <CheckBox isChecked={fields.endsOtherSessions} onChange={(endsOtherSessions) => change({ endsOtherSessions })}>
        {texts.signOutOthers}
      </CheckBox>
      <FormFoot failure={failure} isDone={isDone} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" blockedReason={offline} isDisabled={!canSave}>
          {texts.changePassword}
        </Button>
      </div>
    </SubmitForm>
  );
}
