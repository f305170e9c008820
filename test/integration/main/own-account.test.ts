import { expect, it } from 'vitest';
import { mustBe, newMachine, signIn, startApplication, until } from '../../support/application.ts';
import { runningServer } from '../../support/running-server.ts';

const NEW_PASSWORD = 'four words that rhyme not';

/** Dana at her desk and on her laptop. */
async function atTwoMachines() {
  const server = await runningServer();
  const { dana } = server.people;
  const desk = await startApplication(await newMachine(), server.url);
  await signIn(desk, server.url, dana);
  const laptop = await startApplication(await newMachine(), server.url);
  await signIn(laptop, server.url, dana);
  return { server, dana, desk, laptop };
}

it('a new name is on the screen when the change returns, and for the others at their next sign-in', async () => {
  const { desk, laptop, server, dana } = await atTwoMachines();
  mustBe(await desk.account.rename({ name: 'Dana Scully' }));
  expect((await desk.session.get()).user?.name).toBe('Dana Scully');
  await signIn(laptop, server.url, dana);
  expect((await laptop.session.get()).user?.name).toBe('Dana Scully');
});

it('a new password replaces the old one and ends the other sessions if wanted', async () => {
  const { desk, laptop, server, dana } = await atTwoMachines();
  const change = { wanted: NEW_PASSWORD, endsOtherSessions: true };
  expect(await desk.account.changePassword({ ...change, current: 'not this one' })).toMatchObject({
    failure: { code: 'wrong_password' },
  });
  expect(
    await desk.account.changePassword({ ...change, current: dana.password, wanted: 'password1234' }),
  ).toMatchObject({
    failure: { code: 'weak_password' },
  });
  expect((await desk.session.get()).user, 'a refused change signs nobody out').not.toBeNull();
  mustBe(await desk.account.changePassword({ ...change, current: dana.password }));
  expect((await desk.session.get()).user).not.toBeNull();
  await laptop.library.refresh();
  const { notice } = await until(async () => {
    const state = await laptop.session.get();
    return state.user === null && state;
  });
  expect(notice).toEqual({ code: 'sign_in_expired' });
  const { email } = dana;
  expect(await laptop.session.signIn({ serverUrl: server.url, email, password: dana.password })).toMatchObject({
    failure: { code: 'invalid_credentials' },
  });
  mustBe(await laptop.session.signIn({ serverUrl: server.url, email, password: NEW_PASSWORD }));
});

it('sessions are listed with their devices, and one or all others can be ended', async () => {
  const { desk, laptop, server, dana } = await atTwoMachines();
  // The others are the test server's own sign-ins, which name no device.
  const named = mustBe(await desk.account.sessions()).filter(({ deviceName }) => deviceName !== '');
  expect(named).toHaveLength(2);
  const other = named.find(({ isCurrent }) => !isCurrent);
  mustBe(await desk.account.endSession({ sessionUuid: other?.uuid ?? '' }));
  expect(await desk.account.endSession({ sessionUuid: other?.uuid ?? '' })).toMatchObject({
    failure: { code: 'not_found' },
  });
  await laptop.library.refresh();
  await until(async () => (await laptop.session.get()).user === null);
  await signIn(laptop, server.url, dana);
  const others = mustBe(await desk.account.sessions()).filter(({ isCurrent }) => !isCurrent);
  expect(mustBe(await desk.account.endOtherSessions())).toEqual({ ended: others.length });
  expect(mustBe(await desk.account.sessions()).map(({ isCurrent }) => isCurrent)).toEqual([true]);
});
