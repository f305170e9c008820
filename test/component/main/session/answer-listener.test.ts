import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AnswerListener, listenForAnswer } from '../../../../main/session/answer-listener.ts';

const STATE = 'the-state-of-this-sign-in';

async function listening(): Promise<AnswerListener> {
  const listener = await listenForAnswer(STATE);
  onTestFinished(() => listener.close());
  return listener;
}

/** The status of a request with any method and Host header. */
function statusOf(url: string, options: { method?: string; host?: string } = {}): Promise<number | undefined> {
  const { method = 'GET', host } = options;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ...(host !== undefined && { headers: { host } }) }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end();
  });
}

describe('the listener for the answer of an identity provider', () => {
  it('listens on the loopback address only', async () => {
    const { redirectUri } = await listening();
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/);
  });

  it.each([
    [true, 'You can close this tab and return to Gabinet.'],
    [false, 'Gabinet shows what happened.'],
  ])('returns the whole address, and then shows whether somebody is signed in: %s', async (isSignedIn, text) => {
    const { redirectUri, answer } = await listening();
    const url = `${redirectUri}?code=a%20b&state=${STATE}`;
    const browser = fetch(url);
    const received = await answer;
    expect(received?.callbackUrl).toBe(url);
    received?.show(isSignedIn);
    const response = await browser;
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const page = await response.text();
    expect(page).toContain(text);
    expect(page).not.toContain('a%20b');
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('also takes the answer that the person has canceled', async () => {
    const { redirectUri, answer } = await listening();
    const url = `${redirectUri}?error=access_denied&state=${STATE}`;
    const browser = fetch(url);
    const received = await answer;
    expect(received?.callbackUrl).toBe(url);
    received?.show(false);
    await browser;
  });

  it('keeps waiting when something else arrives', async () => {
    const { redirectUri, answer } = await listening();
    const url = `${redirectUri}?code=c&state=${STATE}`;
    expect(await statusOf(`${redirectUri}?code=c&state=another`)).toBe(404);
    expect(await statusOf(`${redirectUri}?code=c`)).toBe(404);
    expect(await statusOf(url.replace('/signed-in', '/'))).toBe(404);
    expect(await statusOf(url, { method: 'POST' })).toBe(404);
    expect(await statusOf(url, { host: 'rebound.example' })).toBe(404);
    const browser = fetch(url);
    (await answer)?.show(true);
    expect((await browser).status).toBe(200);
  });

  it('takes one answer only', async () => {
    const { redirectUri, answer } = await listening();
    const url = `${redirectUri}?code=c&state=${STATE}`;
    const browser = fetch(url);
    const received = await answer;
    expect(await statusOf(url)).toBe(404);
    received?.show(true);
    await browser;
  });

  it('can be closed without an answer', async () => {
    const listener = await listening();
    listener.close();
    expect(await listener.answer).toBeNull();
    await expect(fetch(listener.redirectUri)).rejects.toThrow('fetch failed');
  });
});
