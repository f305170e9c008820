import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components';
import type { Failure } from '../../../shared/contract/failure.ts';
import { MAX_EMAIL_CHARS } from '../../../shared/domain/account-fields.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { signIn } from '../../stores/account/session-store.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { fieldSentences, problemText } from '../../stores/failures/explain-failure.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { ProviderSignIn } from './provider-sign-in.tsx';
import { type ServerChoice, ServerField } from './server-field.tsx';
import { fieldOf, type SignInField } from './sign-in-rules.ts';
import { signInTexts } from './texts.en.ts';

export interface Credentials {
  readonly serverUrl: string;
  readonly email: string;
  readonly password: string;
}

interface SignInFormProps extends ServerChoice {
  readonly email: string;
  readonly setEmail: (email: string) => void;
  /** The account has a second factor. */
  readonly onNeedsCode: (credentials: Credentials) => void;
  readonly onHasLink: () => void;
}

/** The failure if it belongs to this field. */
function failureAt(failure: Failure | null, field: SignInField): Failure | null {
  return failure && fieldOf(failure) === field ? failure : null;
}

export function SignInForm({ email, setEmail, onNeedsCode, onHasLink, ...server }: SignInFormProps) {
  const [password, setPassword] = useState('');
  const { isBusy, failure, submit } = useSubmission();
  const firstField = useFocusOnMount<HTMLInputElement>();
  const { serverUrl, probe } = server;
  const problemAt = (field: SignInField): string | null => {
    const own = failureAt(failure, field);
    return own && fieldSentences(own);
  };
  const send = (form: Omit<Credentials, 'serverUrl'>): void => {
    const credentials = { serverUrl, ...form };
    submit(signIn(credentials), (outcome) => {
      if (!outcome.ok && outcome.failure.code === 'second_factor_required') onNeedsCode(credentials);
    });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    send({ email: email.trim(), password });
  };

  const takesPasswords = !probe?.ok || probe.value.signIn.passwords;
  const provider = probe?.ok ? probe.value.signIn.provider : null;

  return (
    <>
      <Form aria-label={signInTexts.form} onSubmit={onSubmit} className="flex flex-col gap-4">
        {takesPasswords ? (
          <>
            <TextField
              label={signInTexts.email}
              type="email"
              autoComplete="username"
              inputRef={firstField}
              limit={MAX_EMAIL_CHARS}
              value={email}
              onChange={setEmail}
              problem={problemAt('email')}
            />
            <TextField
              label={signInTexts.password}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              problem={problemAt('password')}
            />
          </>
        ) : null}
        <ServerField {...server} failure={failureAt(failure, 'server')} />
        <FormProblem text={problemText(failureAt(failure, 'form'))} />
        {takesPasswords ? (
          <Button type="submit" look="primary" isDisabled={isBusy} className="h-8">
            {isBusy ? signInTexts.signingIn : signInTexts.signIn}
          </Button>
        ) : null}
      </Form>
      {provider ? <ProviderSignIn key={serverUrl} serverUrl={serverUrl} name={provider.name} isBusy={isBusy} /> : null}
      {takesPasswords ? (
        <Button look="quiet" onPress={onHasLink} className="-my-2 self-center font-normal">
          {signInTexts.haveLink}
        </Button>
      ) : null}
      {probe === null ? <output className="text-sm text-ink-faint">{signInTexts.findingServer}</output> : null}
      {probe?.ok && takesPasswords && probe.value.demo ? (
        <DemoAccounts
          demo={probe.value.demo}
          isBusy={isBusy}
          onChoose={(demoEmail, demoPassword) => send({ email: demoEmail, password: demoPassword })}
        />
      ) : null}
    </>
  );
}
