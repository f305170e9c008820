import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createChosenFolders } from '../../../main/ipc/chosen-folders.ts';
import { createFolderQuestions, type FolderQuestions } from '../../../main/ipc/loopback/folder-questions.ts';
import { recordingLog } from '../../support/shells/fake-application.ts';
import { rawRequest } from '../../support/shells/raw-http.ts';

let questions: FolderQuestions;
beforeEach(() => {
  questions = createFolderQuestions(recordingLog());
});
afterEach(() => questions.close());

interface Asked {
  readonly port: number;
  readonly origin: string;
  readonly isConfirmed: Promise<boolean>;
  readonly html: string;
  readonly token: string;
}

async function ask(folder: string): Promise<Asked> {
  const { url, isConfirmed } = await questions.ask(folder);
  const { port: text, origin } = new URL(url);
  const port = Number(text);
  const html = (await rawRequest({ port, path: '/' })).body.toString();
  return { port, origin, isConfirmed, html, token: /name="token" value="([\w-]+)"/.exec(html)?.[1] ?? '' };
}

const answer = ({ port, origin }: Asked, token: string, headers: Record<string, string> = { origin }) =>
  rawRequest({ port, path: '/', method: 'POST', headers, body: `token=${token}&answer=yes` });

describe('the question whether a typed folder may be watched', () => {
  test('shows the folder as text, and is answered by its own form', async () => {
    const asked = await ask('/home/dana/<b>&"exports"');
    expect(asked.html).toContain('/home/dana/&lt;b&gt;&amp;&quot;exports&quot;');
    expect((await answer(asked, asked.token)).body.toString()).toContain('Folder confirmed');
    expect(await asked.isConfirmed).toBe(true);
    expect((await rawRequest({ port: asked.port, path: '/' })).status).toBe(410);
  });

  test('cannot be framed, and runs no script', async () => {
    const { port } = await ask('/x');
    const { headers } = await rawRequest({ port, path: '/' });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('script-src');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('is not answered without its token, by another page, or through another name', async () => {
    const asked = await ask('/x');
    const attempts = [
      await answer(asked, 'x'.repeat(43)),
      await answer(asked, asked.token, {}),
      await answer(asked, asked.token, { origin: 'http://127.0.0.1:1' }),
      await answer(asked, asked.token, { origin: 'null' }),
      await answer(asked, asked.token, { origin: asked.origin, host: 'evil.example' }),
      await rawRequest({ port: asked.port, path: '/', method: 'PUT', headers: { origin: asked.origin } }),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 403, 404, 403]);
    expect(await answer(asked, asked.token)).toMatchObject({ status: 200 });
    expect(await asked.isConfirmed).toBe(true);
  });

  test('is declined by the next question, and when the shell ends', async () => {
    const first = await ask('/first');
    const second = await ask('/second');
    expect(await first.isConfirmed).toBe(false);
    expect((await answer(second, first.token)).status).toBe(403);
    await questions.close();
    expect(await second.isConfirmed).toBe(false);
  });
});

describe('chosen folders', () => {
  test('have no path before they are confirmed, and none if declined', async () => {
    const chosen = createChosenFolders();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiting = chosen.add('/typed', promise);
    expect(chosen.pathOf(waiting.handle)).toBeNull();
    resolve(true);
    expect(await chosen.isConfirmed(waiting.handle)).toBe(true);
    expect(chosen.pathOf(waiting.handle)).toBe('/typed');
    const declined = chosen.add('/other', Promise.resolve(false));
    expect(await chosen.isConfirmed(declined.handle)).toBe(false);
    expect(chosen.pathOf(declined.handle)).toBeNull();
  });

  test('are forgotten beyond the newest sixteen', async () => {
    const chosen = createChosenFolders();
    const handles = Array.from({ length: 17 }, (_, index) => chosen.add(`/${index}`).handle);
    await Promise.all(handles.map((handle) => chosen.isConfirmed(handle)));
    const newest = Array.from({ length: 16 }, (_, index) => `/${index + 1}`);
    expect(handles.map((handle) => chosen.pathOf(handle))).toEqual([null, ...newest]);
  });
});
