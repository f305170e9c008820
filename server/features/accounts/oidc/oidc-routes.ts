import { fail } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import type { ServiceFailure } from '../../../failures/service-failure.ts';
import type { ApiHandlers } from '../../../http/handler.ts';
import { countProviderSignIn } from '../sign-in/attempts.ts';
import type { OidcSettings } from './oidc-settings.ts';
import { createProvider } from './provider.ts';
import { signInWithProvider } from './provider-sessions.ts';

type OidcHandlers = Pick<ApiHandlers, 'startProviderSignIn' | 'createProviderSession'>;

const NO_PROVIDER: ServiceFailure = { code: 'not_found', detail: 'This server has no identity provider.' };

/** `settings`: null on a server without an identity provider. */
export function oidcHandlers(context: ServiceContext, settings: OidcSettings | null): OidcHandlers {
  if (settings === null) {
    const refuse = () => Promise.resolve(fail(NO_PROVIDER));
    return { startProviderSignIn: refuse, createProviderSession: refuse };
  }
  const provider = createProvider(settings, context.log);
  return {
    async startProviderSignIn({ body }) {
      const { redirect_uri: redirectUri, code_challenge: codeChallenge, state, nonce } = body;
      const url = await provider.authorizationUrl({ redirectUri, codeChallenge, state, nonce });
      return url.ok ? { ok: true, value: { authorization_url: url.value } } : url;
    },
    async createProviderSession({ body, request }) {
      const counted = await countProviderSignIn(context, request.ip);
      if (!counted.ok) return counted;
      return signInWithProvider(
        context,
        { settings, provider },
        {
          answer: {
            callbackUrl: body.callback_url,
            codeVerifier: body.code_verifier,
            state: body.state,
            nonce: body.nonce,
          },
          device: { name: body.device_name, token: body.device_token ?? null },
        },
      );
    },
  };
}
