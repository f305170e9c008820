import { useState } from 'react';
import type { AccountLink, ServerProbe, SessionState } from '../../../shared/contract/session.ts';
import { CodeForm } from './code-form.tsx';
import { LinkFields } from './link-fields.tsx';
import { PasteLink } from './paste-link.tsx';
import { ProviderSignIn } from './provider-sign-in.tsx';
import { type Credentials, SignInForm } from './sign-in-form.tsx';
import { useProbe } from './use-probe.ts';

/** What the person does on the sign-in page. */
type Step =
  | { readonly kind: 'password' }
  | { readonly kind: 'code'; readonly credentials: Credentials }
  | { readonly kind: 'paste' }
  | { readonly kind: 'link'; readonly link: AccountLink };

const PASSWORD: Step = { kind: 'password' };

/** Until the server has answered, it is taken for one that works as most do. */
const UNKNOWN_SERVER: Pick<ServerProbe, 'isSetUp' | 'signIn'> = {
  isSetUp: true,
  signIn: { passwords: true, provider: null },
};

/** One form at a time: email and password, the code of a second factor, or a link that sets a password. */
export function Entrance({ session }: { readonly session: SessionState }) {
  const [serverUrl, setServerUrl] = useState(session.serverUrl);
  const [email, setEmail] = useState(session.lastEmail ?? '');
  const [step, setStep] = useState(PASSWORD);
  const probe = useProbe(serverUrl);
  const askForCode = (credentials: Credentials): void => setStep({ kind: 'code', credentials });
  const goBack = (): void => setStep(PASSWORD);
  if (step.kind === 'code') return <CodeForm credentials={step.credentials} onBack={goBack} />;
  if (step.kind === 'link') return <LinkFields link={step.link} onNeedsCode={askForCode} onBack={goBack} />;
  const { isSetUp, signIn } = probe?.ok ? probe.value : UNKNOWN_SERVER;
  // Without passwords there are no links: the first administrator comes from the identity provider.
  const needsSetup = !isSetUp && signIn.passwords;
  const server = { serverUrl, setServerUrl, probe };
  if (needsSetup || step.kind === 'paste') {
    return (
      <>
        <PasteLink
          {...server}
          isSetup={needsSetup}
          onRead={(link) => setStep({ kind: 'link', link })}
          onBack={needsSetup ? null : goBack}
        />
        {needsSetup && signIn.provider ? (
          <ProviderSignIn key={serverUrl} serverUrl={serverUrl} name={signIn.provider.name} isBusy={false} />
        ) : null}
      </>
    );
  }
  return (
    <SignInForm
      {...server}
      email={email}
      setEmail={setEmail}
      onNeedsCode={askForCode}
      onHasLink={() => setStep({ kind: 'paste' })}
    />
  );
}
