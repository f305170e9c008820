import { useState } from 'react';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { AccountLink } from '../../../shared/contract/session.ts';
import { MAX_EMAIL_CHARS, MAX_PASSWORD_CHARS, MAX_PERSON_NAME_CHARS } from '../../../shared/domain/account-fields.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { isPasswordLongEnough, newPasswordProblem, passwordHelp } from '../../stores/account/password-rules.ts';
import { redeemLink } from '../../stores/account/session-store.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { problemText } from '../../stores/failures/explain-failure.ts';
import type { Credentials } from './sign-in-form.tsx';
import { signInTexts } from './texts.en.ts';

interface Fields {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

interface LinkFieldsProps {
  readonly link: AccountLink;
  /** The password is set, but the account has a second factor. */
  readonly onNeedsCode: (credentials: Credentials) => void;
  readonly onBack: () => void;
}

interface WhoProps {
  readonly link: AccountLink;
  readonly fields: Fields;
  readonly onChange: (patch: Partial<Fields>) => void;
}

/** Whose account it is: typed for a new server, otherwise known from the link. */
function Who({ link, fields, onChange }: WhoProps) {
  const firstField = useFocusOnMount<HTMLInputElement>();
  return (
    <>
      {link.kind === 'setup' ? (
        <TextField
          label={signInTexts.email}
          type="email"
          autoComplete="username"
          inputRef={firstField}
          limit={MAX_EMAIL_CHARS}
          value={fields.email}
          onChange={(email) => onChange({ email })}
        />
      ) : null}
      {link.kind === 'reset' ? null : (
        <TextField
          label={signInTexts.name}
          autoComplete="name"
          limit={MAX_PERSON_NAME_CHARS}
          value={fields.name}
          onChange={(name) => onChange({ name })}
        />
      )}
    </>
  );
}

function formOf(link: AccountLink, { email, name, password }: Fields) {
  const { serverUrl, token } = link;
  return {
    serverUrl,
    token,
    password,
    ...(link.kind === 'setup' && { email: email.trim() }),
    ...(link.kind !== 'reset' && { name: name.trim() }),
  };
}

function isComplete(link: AccountLink, { email, name, password }: Fields): boolean {
  if (link.kind === 'setup' && (!email.includes('@') || email.length > MAX_EMAIL_CHARS)) return false;
  if (link.kind !== 'reset' && (name.trim() === '' || name.length > MAX_PERSON_NAME_CHARS)) return false;
  return isPasswordLongEnough(password);
}

function otherThanPassword(failure: Failure | null): Failure | null {
  return failure?.code === 'weak_password' ? null : failure;
}

/** What a link asks for: the first administrator, or the password of an invited or forgetful person. */
export function LinkFields({ link, onNeedsCode, onBack }: LinkFieldsProps) {
  const [fields, setFields] = useState<Fields>({ email: link.email ?? '', name: link.name ?? '', password: '' });
  const { isBusy, failure, submit } = useSubmission();
  const passwordField = useFocusOnMount<HTMLInputElement>();
  const canSend = isComplete(link, fields) && !isBusy;
  const change = (patch: Partial<Fields>): void => setFields({ ...fields, ...patch });
  const send = (): void => {
    submit(redeemLink(formOf(link, fields)), (outcome) => {
      if (outcome.ok || outcome.failure.code !== 'second_factor_required') return;
      onNeedsCode({ serverUrl: link.serverUrl, email: fields.email, password: fields.password });
    });
  };
  const texts = signInTexts.links[link.kind];
  return (
    <SubmitForm label={texts.title} canSubmit={canSend} onSubmit={send}>
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold">{texts.title}</h2>
        <p className="text-ink-soft">{link.email ?? texts.help}</p>
      </div>
      <Who link={link} fields={fields} onChange={change} />
      <PasswordField
        label={link.kind === 'reset' ? signInTexts.newPassword : signInTexts.password}
        autoComplete="new-password"
        {...(link.kind !== 'setup' && { inputRef: passwordField })}
        value={fields.password}
        onChange={(password) => change({ password })}
        limit={MAX_PASSWORD_CHARS}
        help={passwordHelp(fields.password)}
        problem={newPasswordProblem(fields.password, failure)}
      />
      <FormProblem text={problemText(otherThanPassword(failure))} />
      <Button type="submit" look="primary" isDisabled={!canSend} className="h-8">
        {isBusy ? signInTexts.signingIn : texts.submit}
      </Button>
      <Button look="quiet" onPress={onBack} className="self-center font-normal">
        {signInTexts.back}
      </Button>
    </SubmitForm>
  );
}
