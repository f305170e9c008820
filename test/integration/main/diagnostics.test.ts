import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openApplicationLog } from '../../../main/diagnostics/application-log.ts';
import { mustBe, newMachine, signIn, startApplication } from '../../support/application.ts';
import { runningServer } from '../../support/running-server.ts';

async function machineWithLog() {
  const machine = await newMachine();
  const folder = join(machine.userDataDir, 'logs');
  return { machine, opened: openApplicationLog({ folder, home: homedir(), writeLine: () => undefined }) };
}

test('diagnostics have versions, settings, the state of the library and the end of the log, and nothing secret', async () => {
  const server = await runningServer();
  const { machine, opened } = await machineWithLog();
  const copied: string[] = [];
  const app = await startApplication(machine, server.url, undefined, {
    opened,
    copyText: async (text) => void copied.push(text),
  });
  const { dana } = server.people;
  await signIn(app, server.url, dana);
  for (let count = 1; count <= 300; count += 1) opened.log.warn(`entry ${count}`);
  opened.log.error('Refused', { password: dana.password, reason: `${dana.email} ${homedir()}/x Bearer ${dana.token}` });

  const { text, isCopied } = await app.diagnostics.copy();
  expect(isCopied).toBe(true);
  expect(copied).toEqual([text]);
  expect(app.payloads('diagnostics.copied')).toEqual([{ text }]);
  expect(text).toContain('Gabinet: 0.0.0-test\nshell: browser\n');
  expect(text).toContain(`Node: ${process.versions.node}\n`);
  expect(text).toContain(`serverUrl: ${server.url}\n`);
  expect(text).toMatch(/^roles: \["(designer|manager)"\]$/m);
  expect(text).toContain('quickCheck: ok\nrepairedAt: null\n');
  expect(text).toMatch(/^libraryBytes: [1-9]\d+$/m);
  expect(text).toContain('operations: {}\ntransfers: {}\npictures: {"files":0,"bytes":0}\n');
  expect(text).toContain('== Last 200 lines of the log');
  expect(text).not.toContain(' entry 101\n');
  expect(text).toContain(' entry 102\n');
  expect(text).toMatch(/error Refused \{"password":"\[removed\]","reason":"\[e-mail\] ~\/x Bearer \[removed\]"\}/);
  for (const secret of [dana.email, dana.password, dana.token, `${homedir()}/`]) expect(text).not.toContain(secret);
});

test('without anybody signed in, without a clipboard and without a log file there are diagnostics, too', async () => {
  const app = await startApplication(await newMachine(), 'http://127.0.0.1:9');
  const { text, isCopied } = await app.diagnostics.copy();
  expect(isCopied).toBe(false);
  expect(app.payloads('diagnostics.copied')).toEqual([]);
  expect(text).toContain('Nobody is signed in.');
  expect(text).toContain('No log file: ENOENT');
  expect(await app.diagnostics.showLog()).toEqual({
    ok: false,
    failure: { code: 'log_not_written', systemCode: 'ENOENT' },
  });
});

test('the log is shown in the file manager, and errors of the page are in it', async () => {
  const { machine, opened } = await machineWithLog();
  const app = await startApplication(machine, 'http://127.0.0.1:9', undefined, { opened });
  const { path, isRevealed } = mustBe(await app.diagnostics.showLog());
  expect(app.revealed).toEqual([path]);
  expect({ path, isRevealed }).toEqual({ path: join(machine.userDataDir, 'logs', 'gabinet.log'), isRevealed: true });
  await app.diagnostics.reportError({ kind: 'drawn', message: 'TypeError: x', stack: 'at Card' });
  expect((await app.diagnostics.copy()).text).toMatch(/error An error of the page .*"message":"TypeError: x"/);
});
