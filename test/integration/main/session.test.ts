import { mkdir, readdir, readFile, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Machine, mustBe, newMachine, signIn, startApplication, until } from '../../support/application.ts';
import { runningServer, takeAway } from '../../support/running-server.ts';
import { deadAddress, scriptedHttp } from '../../support/scripted-http.ts';
import type { TestServer } from '../../support/server.ts';

const demo = {
  password: 'gabinet-demo',
  accounts: [{ email: 'a@b.example', name: 'A', role: 'designer' as const, customer_name: 'Aurora' }],
};

/** A machine on which Dana signed in yesterday. */
async function signInOnce(server: TestServer, machine: Machine): Promise<void> {
  const app = await startApplication(machine, server.url);
  await signIn(app, server.url, server.people.dana);
  await app.stop();
}

async function storedToken({ secrets }: Machine): Promise<string | null> {
  const stored = JSON.parse((await secrets.read()) ?? '{}') as { readonly token?: string };
  return stored.token ?? null;
}

describe('signing in', () => {
  it('probes a server address and returns its demo accounts', async () => {
    const server = await runningServer({ demo });
    const app = await startApplication(await newMachine(), server.url);
    const probe = mustBe(await app.session.probe({ serverUrl: `${server.url}/` }));
    expect(probe.serverUrl).toBe(server.url);
    expect(probe.demo?.accounts).toEqual([
      { email: 'a@b.example', name: 'A', role: 'designer', customerName: 'Aurora' },
    ]);
  });

  it('explains an address that cannot be used', async () => {
    const stranger = await scriptedHttp((_request, response) => response.end('<html>hello</html>'));
    const app = await startApplication(await newMachine(), stranger);
    const probe = async (serverUrl: string) => {
      const outcome = await app.session.probe({ serverUrl });
      return outcome.ok ? 'ok' : outcome.failure.code;
    };
    expect(await probe('http://gabinet.example.com')).toBe('bad_server_address');
    expect(await probe('')).toBe('bad_server_address');
    expect(await probe(stranger)).toBe('not_a_server');
    expect(await probe(await deadAddress())).toBe('offline');
  });

  it('refuses a wrong password and stays signed out', async () => {
    const server = await runningServer();
    const app = await startApplication(await newMachine(), server.url);
    const { email } = server.people.dana;
    const outcome = await app.session.signIn({ serverUrl: server.url, email, password: 'wrong' });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'invalid_credentials' } });
    expect((await app.session.get()).user).toBeNull();
    const signedOut = { ok: false, failure: { code: 'signed_out' } };
    expect(await app.library.projects()).toEqual(signedOut);
    expect(await app.library.refresh()).toEqual(signedOut);
    expect(await app.transfers.pauseAll()).toEqual(signedOut);
    expect(await app.transfers.cancel({ id: 'any' })).toEqual(signedOut);
    expect(await app.uploads.discard({ stageIds: [] })).toEqual(signedOut);
  });

  it('fails if the disk prevents opening the library, and keeps the sign-in', async () => {
    const server = await runningServer();
    const machine = await newMachine();
    await signInOnce(server, machine);
    const accounts = join(machine.userDataDir, 'accounts');
    const [account = ''] = await readdir(accounts);
    const library = join(accounts, account, 'library.db');
    await rename(library, `${library}.aside`);
    await mkdir(library);
    const second = await startApplication(machine, server.url);
    expect(await second.session.get()).toMatchObject({
      user: null,
      lastEmail: server.people.dana.email,
      notice: { code: 'library_not_opened' },
    });
    const { email, password } = server.people.dana;
    const refused = await second.session.signIn({ serverUrl: server.url, email, password });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'library_not_opened' } });
    await second.stop();
    await rmdir(library);
    await rename(`${library}.aside`, library);
    const third = await startApplication(machine, server.url);
    expect((await third.session.get()).user?.email).toBe(email);
  });

  it('stores server and e-mail, keeps the token out of the settings, and deletes it at sign-out', async () => {
    const server = await runningServer();
    const machine = await newMachine();
    const app = await startApplication(machine, 'https://default.example');
    expect(await app.session.get()).toMatchObject({ serverUrl: 'https://default.example', lastEmail: null });
    await signIn(app, server.url, server.people.dana);
    const token = (await storedToken(machine)) ?? '';
    expect((await server.client(token).get('/api/auth/me')).status).toBe(200);
    const signedOut = await app.session.signOut();
    expect(signedOut).toMatchObject({ user: null, serverUrl: server.url, lastEmail: server.people.dana.email });
    expect(signedOut.notice).toBeNull();
    expect(await storedToken(machine)).toBeNull();
    expect((await server.client(token).get('/api/auth/me')).status).toBe(401);
    expect(app.logged).toEqual([]);
  });

  it('deletes the token at sign-out even if the server cannot be reached', async () => {
    const server = await runningServer();
    const machine = await newMachine();
    const app = await startApplication(machine, server.url);
    await signIn(app, server.url, server.people.dana);
    await takeAway(server);
    expect((await app.session.signOut()).user).toBeNull();
    expect(await storedToken(machine)).toBeNull();
  });

  it('signs out with a notice when the server no longer accepts the token', async () => {
    const server = await runningServer();
    const machine = await newMachine();
    const app = await startApplication(machine, server.url);
    await signIn(app, server.url, server.people.dana);
    const token = (await storedToken(machine)) ?? '';
    await server.client(token).send('DELETE', '/api/auth/sessions/current');
    // Either this request is the first to be refused, or one in the background is, which then
    // aborts this one.
    const outcome = await app.library.refresh();
    expect(outcome.ok ? 'ok' : outcome.failure.code).toMatch(/^(unauthenticated|signed_out|stopped)$/);
    const state = await until(async () => {
      const current = await app.session.get();
      return current.user === null && current;
    });
    expect(state.notice).toEqual({ code: 'sign_in_expired' });
    // The account's services are stopped in between.
    await until(async () => (await storedToken(machine)) === null);
    await signIn(app, server.url, server.people.dana);
    expect((await app.session.get()).notice).toBeNull();
  });

  it('uses the stored token at the next start', async () => {
    const server = await runningServer();
    const machine = await newMachine();
    await signInOnce(server, machine);
    const second = await startApplication(machine, server.url);
    expect((await second.session.get()).user?.name).toBe('Dana');
    await until(async () => (await second.session.get()).connection === 'online');
  });

  it('never sends the token to a server that did not issue it', async () => {
    const server = await runningServer();
    const machine = await newMachine();
    const app = await startApplication(machine, server.url);
    await signIn(app, server.url, server.people.dana);
    await app.stop();
    const seen: unknown[] = [];
    const thief = await scriptedHttp((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    });
    const settings = `${machine.userDataDir}/settings.json`;
    await writeFile(settings, (await readFile(settings, 'utf8')).replaceAll(server.url, thief));
    const again = await startApplication(machine, server.url);
    expect((await again.session.get()).user).toBeNull();
    expect(seen).toEqual([]);
  });

  it('keeps the data of different accounts separate', async () => {
    const server = await runningServer();
    const app = await startApplication(await newMachine(), server.url);
    await signIn(app, server.url, server.people.dana);
    expect(mustBe(await app.library.projects()).map((project) => project.name)).toEqual([
      'Concierge desk',
      'Lobby kiosk',
    ]);
    await app.session.signOut();
    await signIn(app, server.url, server.people.bo);
    expect(mustBe(await app.library.projects()).map((project) => project.name)).toEqual(['Reception']);
  });
});
