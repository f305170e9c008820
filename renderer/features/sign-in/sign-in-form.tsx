import { ChevronRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button as AriaButton, Form } from 'react-aria-components';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { SessionState } from '../../../shared/contract/session.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { fieldSentences } from '../../stores/failures/explain-failure.ts';
import { showBug } from '../../stores/notices.ts';
import { signIn } from '../../stores/session-store.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { ProviderSignIn } from './provider-sign-in.tsx';
import { fieldOf } from './sign-in-rules.ts';
import { signInTexts } from './texts.en.ts';
import { useProbe } from './use-probe.ts';

function hostOf(serverUrl: string): string {
  return URL.canParse(serverUrl) ? new URL(serverUrl).host : serverUrl;
}

export function SignInForm({ session }: { readonly session: SessionState }) {
  const [serverUrl, setServerUrl] = useState(session.serverUrl);
  const [email, setEmail] = useState(session.lastEmail ?? '');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isServerShown, setServerShown] = useState(false);
  const probe = useProbe(serverUrl);
  const firstField = useFocusOnMount<HTMLInputElement>();
  const serverFailure = probe && !probe.ok ? probe.failure : failure && fieldOf(failure) === 'server' ? failure : null;
  const takesPasswords = !probe?.ok || probe.value.signIn.passwords;
  const provider = probe?.ok ? probe.value.signIn.provider : null;
  const problemAt = (field: 'email' | 'password'): string | null =>
    failure && fieldOf(failure) === field ? fieldSentences(failure) : null;

  const submitForm = (form: { email: string; password: string }): void => {
    setBusy(true);
    setFailure(null);
    signIn({ serverUrl, ...form })
      .then((outcome) => outcome.ok || setFailure(outcome.failure), showBug)
      .finally(() => setBusy(false));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    submitForm({ email: email.trim(), password });
  };

  return (
    <>
      <Form aria-label={signInTexts.form} onSubmit={submit} className="flex flex-col gap-4">
        {takesPasswords ? (
          <>
            <TextField
              label={signInTexts.email}
              type="email"
              autoComplete="username"
              inputRef={firstField}
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
        <div className="flex flex-col gap-2">
          <AriaButton
            aria-expanded={isServerShown || serverFailure !== null}
            onPress={() => setServerShown(!isServerShown)}
            className="flex cursor-default items-center gap-1 self-start rounded-sm text-sm text-ink-soft"
          >
            <ChevronRight size={13} aria-hidden className={classNames(isServerShown && 'rotate-90')} />
            {signInTexts.server(hostOf(serverUrl))}
          </AriaButton>
          {isServerShown || serverFailure ? (
            <TextField
              label={signInTexts.serverAddress}
              type="url"
              value={serverUrl}
              onChange={setServerUrl}
              problem={serverFailure ? fieldSentences(serverFailure) : null}
            />
          ) : null}
        </div>
        {failure && fieldOf(failure) === 'form' ? (
          <p role="alert" className="rounded-md bg-problem-soft px-3 py-2 text-problem">
            {fieldSentences(failure)}
          </p>
        ) : null}
        {takesPasswords ? (
          <Button type="submit" look="primary" isDisabled={isBusy} className="h-8">
            {isBusy ? signInTexts.signingIn : signInTexts.signIn}
          </Button>
        ) : null}
      </Form>
      {provider ? <ProviderSignIn key={serverUrl} serverUrl={serverUrl} name={provider.name} isBusy={isBusy} /> : null}
      {probe === null ? <output className="text-sm text-ink-faint">{signInTexts.findingServer}</output> : null}
      {probe?.ok && takesPasswords && probe.value.demo ? (
        <DemoAccounts
          demo={probe.value.demo}
          isBusy={isBusy}
          onChoose={(demoEmail, demoPassword) => submitForm({ email: demoEmail, password: demoPassword })}
        />
      ) : null}
    </>
  );
}
