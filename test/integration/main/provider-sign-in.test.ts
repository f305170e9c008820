import { describe, expect, it } from 'vitest';
import { mustBe, newMachine, startApplication, until } from '../../support/application.ts';
import type { IdentityProvider } from '../../support/identity-provider.ts';
import { runningProvider, signInAt } from '../../support/running-provider.ts';
import { runningServer } from '../../support/running-server.ts';

const NOOR = {
  subject: 'noor-1',
  email: 'noor@example.org',
  email_verified: true,
  name: 'Noor',
  groups: ['aurora-designers'],
};

/** The text that the browser shows in the end. */
async function browse(url: string): Promise<string> {
  return (await fetch(await signInAt(url))).text();
}

async function setUp(person: IdentityProvider['person']) {
  const provider = await runningProvider();
  provider.person = person;
  const server = await runningServer({ oidc: provider.settings() });
  const machine = await newMachine();
  const shown: Promise<string>[] = [];
  const openInBrowser = async (url: string) => void shown.push(browse(url));
  const app = await startApplication(machine, server.url, undefined, { openInBrowser });
  return { provider, server, machine, app, shown };
}

describe('signing in with the identity provider', () => {
  it('is offered by the probe of the server', async () => {
    const { app, server } = await setUp(NOOR);
    const probe = mustBe(await app.session.probe({ serverUrl: server.url }));
    expect(probe.signIn).toEqual({ passwords: true, provider: { name: 'Example ID' } });
  });

  it('goes through the system browser, opens the library, and survives a restart', async () => {
    const { app, server, machine, shown } = await setUp(NOOR);
    expect(mustBe(await app.session.startProviderSignIn({ serverUrl: server.url }))).toEqual({ url: null });
    const state = mustBe(await app.session.finishProviderSignIn());
    expect(state.user).toMatchObject({ email: 'noor@example.org', memberships: [{ role: 'designer' }] });
    expect(await shown[0]).toContain('You can close this tab and return to Gabinet.');
    mustBe(await app.library.refresh());
    expect(mustBe(await app.library.projects()).map(({ name }) => name)).toEqual(['Concierge desk', 'Lobby kiosk']);
    await app.stop();
    const again = await startApplication(machine, server.url);
    await until(async () => (await again.session.get()).connection === 'online');
    expect((await again.session.get()).user?.name).toBe('Noor');
    expect(app.logged).toEqual([]);
  });

  it('is recognized as the same device the next time', async () => {
    const { app, server } = await setUp(NOOR);
    for (let time = 0; time < 2; time += 1) {
      mustBe(await app.session.startProviderSignIn({ serverUrl: server.url }));
      mustBe(await app.session.finishProviderSignIn());
    }
    const { rows } = await server.database.pool.query('select user_id from devices where name <> $1', ['']);
    expect(rows).toHaveLength(1);
  });

  it('shows in the browser that it was refused, and returns the reason', async () => {
    const { app, server, shown } = await setUp({ ...NOOR, groups: [] });
    mustBe(await app.session.startProviderSignIn({ serverUrl: server.url }));
    expect(await app.session.finishProviderSignIn()).toMatchObject({
      ok: false,
      failure: { code: 'provider_no_access' },
    });
    expect(await shown[0]).toContain('Gabinet shows what happened.');
    expect((await app.session.get()).user).toBeNull();
  });

  it('returns that the person canceled at the provider', async () => {
    const { app, server } = await setUp(null);
    mustBe(await app.session.startProviderSignIn({ serverUrl: server.url }));
    expect(await app.session.finishProviderSignIn()).toMatchObject({
      ok: false,
      failure: { code: 'provider_refused' },
    });
  });

  it('can be canceled here, and begun again', async () => {
    const { app, server, provider, shown } = await setUp(NOOR);
    provider.person = null;
    mustBe(await app.session.startProviderSignIn({ serverUrl: server.url }));
    await app.session.cancelProviderSignIn();
    expect(await app.session.finishProviderSignIn()).toMatchObject({ ok: false });
    await shown[0]?.catch(() => undefined);
    provider.person = NOOR;
    mustBe(await app.session.startProviderSignIn({ serverUrl: server.url }));
    expect(mustBe(await app.session.finishProviderSignIn()).user?.name).toBe('Noor');
  });
});
