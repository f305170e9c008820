import { readFile, stat } from 'node:fs/promises';
import { TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import { mustBe, newMachine, startApplication, until } from '../../support/application.ts';
import { runningServer } from '../../support/running-server.ts';

it('a role that needs a second factor leads to its setup, and then the library syncs', async () => {
  const server = await runningServer({ secondFactorRoles: ['designer'] });
  const { dana } = server.people;
  const app = await startApplication(await newMachine(), server.url);
  const credentials = { serverUrl: server.url, email: dana.email, password: dana.password };
  const state = mustBe(await app.session.signIn(credentials));
  expect(state.user?.mustSetUpSecondFactor).toBe(true);
  expect(await app.library.refresh()).toMatchObject({ failure: { code: 'second_factor_setup_required' } });
  expect(mustBe(await app.account.security())).toMatchObject({ isOn: false, isRequired: true, hasPassword: true });

  expect(await app.account.startSecondFactor({ password: 'not this one' })).toMatchObject({
    failure: { code: 'wrong_password' },
  });
  const { secret, address } = mustBe(await app.account.startSecondFactor({ password: dana.password }));
  expect(address).toContain('otpauth://totp/');
  expect(await app.account.confirmSecondFactor({ code: '000000' })).toMatchObject({ failure: { code: 'wrong_code' } });
  const code = new TOTP({ secret }).generate();
  const { recoveryCodes } = mustBe(await app.account.confirmSecondFactor({ code }));
  expect((await app.session.get()).user?.mustSetUpSecondFactor).toBe(false);
  mustBe(await app.library.refresh());
  await until(async () => mustBe(await app.library.projects()).length > 0);

  await app.session.signOut();
  expect(await app.session.signIn(credentials)).toMatchObject({ failure: { code: 'second_factor_required' } });
  expect(await app.session.signIn({ ...credentials, code: '000000' })).toMatchObject({
    failure: { code: 'wrong_code' },
  });
  mustBe(await app.session.signIn({ ...credentials, code: recoveryCodes[0] }));
  expect(mustBe(await app.account.security()).recoveryCodesLeft).toBe(recoveryCodes.length - 1);
});

it('recovery codes are saved to new files that only their owner can read', async () => {
  const server = await runningServer();
  const { dana } = server.people;
  const app = await startApplication(await newMachine(), server.url);
  mustBe(await app.session.signIn({ serverUrl: server.url, email: dana.email, password: dana.password }));
  const codes = ['AAAA-BBBB', 'CCCC-DDDD'];
  const { path } = mustBe(await app.account.saveRecoveryCodes({ codes }));
  expect(await readFile(path, 'utf8')).toBe('AAAA-BBBB\nCCCC-DDDD\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const again = mustBe(await app.account.saveRecoveryCodes({ codes }));
  expect(again.path).not.toBe(path);
});
