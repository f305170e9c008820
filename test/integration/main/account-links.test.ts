import { expect, it } from 'vitest';
import { issueTestLink } from '../../support/account-links.ts';
import { mustBe, newMachine, startApplication } from '../../support/application.ts';
import { runningServer } from '../../support/running-server.ts';

const PASSWORD = 'four words that rhyme not';

it('a reset link sets the password and signs in, also if only its token is pasted', async () => {
  const server = await runningServer();
  const { dana } = server.people;
  const token = await issueTestLink(server, 'reset', dana);
  const app = await startApplication(await newMachine(), server.url);
  const link = mustBe(await app.session.readLink({ serverUrl: server.url, link: token }));
  expect(link).toMatchObject({ kind: 'reset', email: dana.email, name: 'Dana', serverUrl: server.url });
  const form = { serverUrl: link.serverUrl, token: link.token };
  expect(await app.session.redeemLink({ ...form, password: 'password1234' })).toMatchObject({
    failure: { code: 'weak_password' },
  });
  const state = mustBe(await app.session.redeemLink({ ...form, password: PASSWORD }));
  expect(state.user?.email).toBe(dana.email);
  expect(await app.session.redeemLink({ ...form, password: PASSWORD })).toMatchObject({
    failure: { code: 'link_invalid' },
  });
  expect((await app.session.get()).user?.email, 'a refused link signs nobody out').toBe(dana.email);
});

it('a whole link leads to the server that it names', async () => {
  const server = await runningServer();
  const token = await issueTestLink(server, 'invitation', server.people.dana);
  const app = await startApplication(await newMachine(), 'https://default.example');
  const read = (link: string) => app.session.readLink({ serverUrl: 'https://default.example', link });
  expect(mustBe(await read(`${server.url}/invitation/${token}`))).toMatchObject({ serverUrl: server.url, token });
  expect(await read('hello')).toMatchObject({ failure: { code: 'not_a_link' } });
  expect(await read(`http://gabinet.example/invitation/${token}`)).toMatchObject({
    failure: { code: 'bad_server_address', problem: 'insecure' },
  });
});
