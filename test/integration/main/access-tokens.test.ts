import { expect, it } from 'vitest';
import { mustBe, newMachine, signIn, startApplication } from '../../support/application.ts';
import { runningServer } from '../../support/running-server.ts';

it('an access token is made, works, is listed and revoked', async () => {
  const server = await runningServer();
  const { dana } = server.people;
  const desk = await startApplication(await newMachine(), server.url);
  await signIn(desk, server.url, dana);
  const wish = { name: 'Nightly build', scopes: ['read' as const], expiresInDays: 30 };
  expect(await desk.accessTokens.create({ ...wish, password: 'not this one' })).toMatchObject({
    failure: { code: 'wrong_password' },
  });
  const { secret } = mustBe(await desk.accessTokens.create({ ...wish, password: dana.password }));
  const works = async () => (await server.client(secret).get('/api/customer/projects')).ok;
  expect(await works()).toBe(true);
  const token = mustBe(await desk.accessTokens.list()).find(({ name }) => name === 'Nightly build');
  expect(token).toMatchObject({ scopes: ['read'], lastUsedAt: expect.any(String) });
  const tokenUuid = token?.uuid ?? '';
  mustBe(await desk.accessTokens.revoke({ tokenUuid }));
  expect(await works()).toBe(false);
  expect(await desk.accessTokens.revoke({ tokenUuid })).toMatchObject({ failure: { code: 'not_found' } });
  expect(desk.logged.join('\n')).not.toContain(secret);
});
