import { onTestFinished } from 'vitest';
import { type IdentityProvider, type IdentityProviderOptions, startIdentityProvider } from './identity-provider.ts';

/** An identity provider that ends after the test. */
export async function runningProvider(options: IdentityProviderOptions = {}): Promise<IdentityProvider> {
  const provider = await startIdentityProvider(options);
  onTestFinished(() => provider.takeAway());
  return provider;
}

const MAX_REDIRECTS = 20;

/** A browser with an empty profile: opens the address, and follows it to the redirect on loopback. */
export async function signInAt(authorizationUrl: string): Promise<string> {
  const { origin } = new URL(authorizationUrl);
  const cookies = new Map<string, string>();
  let url = authorizationUrl;
  for (let step = 0; new URL(url).origin === origin; step += 1) {
    if (step > MAX_REDIRECTS) throw new Error(`The provider redirects without end: ${url}`);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
  }
  return url;
}
