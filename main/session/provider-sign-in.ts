import { createHash, randomBytes } from 'node:crypto';
import { toFailure } from '../../node/api-client/api-failure.ts';
import { createProviderSession, startProviderSignIn } from '../../shared/api/provider-sign-in.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ProviderSignInStart, SessionState } from '../../shared/contract/session.ts';
import { isProtectedAddress } from '../../shared/domain/server-address.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { serverOriginFrom } from '../failures/address-failure.ts';
import { type AnswerListener, listenForAnswer } from './answer-listener.ts';
import { anonymousClient, type ConnectionParts } from './probe.ts';
import type { Session, SignedInAccount } from './session.ts';
import type { SettingsStore } from './settings.ts';
import { type SignInParts, signInAt } from './sign-in.ts';

/** Enough to find a password and a second factor; then the port closes. */
const TIME_LIMIT_MS = 5 * MINUTE_MS;
/** 256 bits, so nobody can guess them; base64url gives the 43 characters that PKCE asks for. */
const SECRET_BYTES = 32;

export interface ProviderSignInOptions extends SignInParts {
  readonly settings: SettingsStore;
  readonly session: Pick<Session<SignedInAccount>, 'signInWith'>;
  /** Absent where the shell is itself a page in the browser, which then opens the address. */
  readonly openInBrowser?: ((url: string) => Promise<void>) | undefined;
  readonly timeLimitMs?: number;
}

/** A sign-in with the server's identity provider, through the system browser. One at a time. */
export interface ProviderSignIn {
  /**
   * Opens the provider's page in the browser, or returns its address for the page to open. Ends a
   * sign-in that is still waiting. Failures: those of the address and the server,
   * `browser_not_opened`.
   */
  start(serverUrl: string): Promise<Result<ProviderSignInStart, Failure>>;
  /**
   * Waits for the browser to return, and opens the account. Failures: those of the server,
   * `provider_sign_in_canceled`, `provider_sign_in_timed_out`.
   */
  finish(): Promise<Result<SessionState, Failure>>;
  cancel(): void;
}

/** What only this machine knows until the answer is here. */
interface Secrets {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

interface Waiting {
  readonly serverUrl: string;
  readonly secrets: Secrets;
  readonly listener: AnswerListener;
  readonly timer: NodeJS.Timeout;
  /** Why it ended without an answer. */
  ending: Failure;
}

export function createProviderSignIn(options: ProviderSignInOptions): ProviderSignIn {
  const { openInBrowser, timeLimitMs = TIME_LIMIT_MS } = options;
  let waiting: Waiting | null = null;

  const end = (one: Waiting, ending: Failure) => {
    clearTimeout(one.timer);
    one.ending = ending;
    one.listener.close();
  };
  const cancel = () => {
    if (waiting) end(waiting, CANCELED);
  };

  return {
    cancel,
    async start(serverUrl) {
      cancel();
      const origin = serverOriginFrom(serverUrl);
      if (!origin.ok) return origin;
      const secrets = newSecrets();
      const listener = await listenForAnswer(secrets.state);
      const url = await requestPage(origin.value, { secrets, listener }, options);
      const opened = url.ok ? await open(url.value, options) : url;
      if (!opened.ok) {
        listener.close();
        return opened;
      }
      cancel();
      const timer = setTimeout(() => end(started, TIMED_OUT), timeLimitMs);
      const started: Waiting = { serverUrl: origin.value, secrets, listener, timer, ending: CANCELED };
      waiting = started;
      return ok({ url: openInBrowser ? null : opened.value });
    },
    async finish() {
      const one = waiting;
      if (one === null) return fail(CANCELED);
      const answer = await one.listener.answer;
      clearTimeout(one.timer);
      if (waiting === one) waiting = null;
      if (answer === null) return fail(one.ending);
      const result = await options.session.signInWith(() => exchange(one, answer.callbackUrl, options));
      answer.show(result.ok);
      return result;
    },
  };
}

const CANCELED: Failure = { code: 'provider_sign_in_canceled' };
const TIMED_OUT: Failure = { code: 'provider_sign_in_timed_out' };

function newSecrets(): Secrets {
  const secret = () => randomBytes(SECRET_BYTES).toString('base64url');
  return { verifier: secret(), state: secret(), nonce: secret() };
}

/** Asks the server for the address of the provider's page. */
async function requestPage(
  serverUrl: string,
  { secrets, listener }: Pick<Waiting, 'secrets' | 'listener'>,
  parts: ConnectionParts,
): Promise<Result<string, Failure>> {
  const { verifier, state, nonce } = secrets;
  const result = await anonymousClient(serverUrl, parts).call(startProviderSignIn, {
    body: {
      redirect_uri: listener.redirectUri,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      state,
      nonce,
    },
  });
  if (!result.ok) return fail(toFailure(result.failure));
  const url = result.value.authorization_url;
  // Threat: a server that names an address with which the system starts a program, or a script.
  return isProtectedAddress(url) ? ok(url) : fail({ code: 'not_a_server', serverUrl, status: 200 });
}

async function open(
  url: string,
  { openInBrowser, log }: Pick<ProviderSignInOptions, 'openInBrowser' | 'log'>,
): Promise<Result<string, Failure>> {
  try {
    await openInBrowser?.(url);
    return ok(url);
  } catch (error) {
    log.warn('The system browser could not be opened', { error: String(error) });
    return fail({ code: 'browser_not_opened' });
  }
}

function exchange(
  { serverUrl, secrets }: Waiting,
  callbackUrl: string,
  { settings, ...parts }: ProviderSignInOptions,
): ReturnType<typeof signInAt> {
  const { verifier, state, nonce } = secrets;
  const body = { callback_url: callbackUrl, code_verifier: verifier, state, nonce };
  const place = { serverUrl, email: settings.current.lastEmail };
  return signInAt(place, parts, (api, device) => api.call(createProviderSession, { body: { ...body, ...device } }));
}
