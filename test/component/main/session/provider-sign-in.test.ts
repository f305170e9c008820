import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createProviderSignIn,
  type ProviderSignIn,
  type ProviderSignInOptions,
} from '../../../../main/session/provider-sign-in.ts';
import { openSettings } from '../../../../main/session/settings.ts';
import { memorySecrets } from '../../../support/memory-secrets.ts';
import { type Answer, scriptedHttp, sendJson } from '../../../support/scripted-http.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const PAGE = 'https://id.example.org/authorize?client_id=gabinet';
const pageAnswer: Answer = (_request, response) => sendJson(response, 200, { authorization_url: PAGE });

interface Started {
  readonly signIn: ProviderSignIn;
  readonly serverUrl: string;
  readonly opened: string[];
}

/** A sign-in at a server that answers like this. */
async function signInWith(answer: Answer, more: Partial<ProviderSignInOptions> = {}): Promise<Started> {
  const opened: string[] = [];
  const signIn = createProviderSignIn({
    settings: await openSettings(join(await tempFolder(), 'settings.json')),
    secrets: memorySecrets(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    session: { signInWith: () => Promise.reject(new Error('no answer was expected')) },
    openInBrowser: async (url) => void opened.push(url),
    ...more,
  });
  onTestFinished(() => signIn.cancel());
  return { signIn, serverUrl: await scriptedHttp(answer), opened };
}

describe('a sign-in with the identity provider', () => {
  it('opens the address that the server names in the system browser', async () => {
    const { signIn, serverUrl, opened } = await signInWith(pageAnswer);
    expect(await signIn.start(serverUrl)).toEqual({ ok: true, value: { url: null } });
    expect(opened).toEqual([PAGE]);
  });

  it('returns the address where the shell is a page in the browser', async () => {
    const { signIn, serverUrl } = await signInWith(pageAnswer, { openInBrowser: undefined });
    expect(await signIn.start(serverUrl)).toEqual({ ok: true, value: { url: PAGE } });
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'http://id.example.org/', 'steam://run/1'])(
    'does not open %s',
    async (url) => {
      const answer: Answer = (_request, response) => sendJson(response, 200, { authorization_url: url });
      const { signIn, serverUrl, opened } = await signInWith(answer);
      expect(await signIn.start(serverUrl)).toMatchObject({ ok: false, failure: { code: 'not_a_server' } });
      expect(opened).toEqual([]);
    },
  );

  it('sends the server a challenge, and keeps the verifier to itself', async () => {
    let sent = '';
    const { signIn, serverUrl } = await signInWith((request, response) => {
      request.on('data', (chunk: Buffer) => {
        sent += chunk.toString();
      });
      request.on('end', () => sendJson(response, 200, { authorization_url: PAGE }));
    });
    await signIn.start(serverUrl);
    expect(Object.keys(JSON.parse(sent)).sort()).toEqual(['code_challenge', 'nonce', 'redirect_uri', 'state']);
  });

  it('fails if the browser cannot be opened', async () => {
    const { signIn, serverUrl } = await signInWith(pageAnswer, {
      openInBrowser: () => Promise.reject(new Error('no browser')),
    });
    expect(await signIn.start(serverUrl)).toEqual({ ok: false, failure: { code: 'browser_not_opened' } });
    expect(await signIn.finish()).toEqual({ ok: false, failure: { code: 'provider_sign_in_canceled' } });
  });

  it('ends when it is canceled', async () => {
    const { signIn, serverUrl } = await signInWith(pageAnswer);
    await signIn.start(serverUrl);
    const finished = signIn.finish();
    signIn.cancel();
    expect(await finished).toEqual({ ok: false, failure: { code: 'provider_sign_in_canceled' } });
  });

  it('ends when another one begins', async () => {
    const { signIn, serverUrl, opened } = await signInWith(pageAnswer);
    await signIn.start(serverUrl);
    const finished = signIn.finish();
    await signIn.start(serverUrl);
    expect(await finished).toEqual({ ok: false, failure: { code: 'provider_sign_in_canceled' } });
    expect(opened).toHaveLength(2);
  });

  it('ends when the browser does not return in time', async () => {
    const { signIn, serverUrl } = await signInWith(pageAnswer, { timeLimitMs: 20 });
    await signIn.start(serverUrl);
    expect(await signIn.finish()).toEqual({ ok: false, failure: { code: 'provider_sign_in_timed_out' } });
  });

  it('reports why the server does not offer it', async () => {
    const { signIn, serverUrl } = await signInWith((_request, response) => {
      const problem = { type: 'about:blank', title: 'Away', status: 503, code: 'provider_unavailable' };
      sendJson(response, 503, { ...problem, detail: 'Away.', hint: 'Wait.', instance: 'x' });
    });
    expect(await signIn.start(serverUrl)).toMatchObject({ ok: false, failure: { code: 'provider_unavailable' } });
    expect(await signIn.start('')).toMatchObject({ ok: false, failure: { code: 'bad_server_address' } });
  });
});
