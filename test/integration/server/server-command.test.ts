import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runServerCommand } from '../../../server/cli/run-server-command.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { ApiClient } from '../../support/api-client.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runGabinetServer } from '../../support/run-server-command.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { spawnServer } from '../../support/spawn-server.ts';

// The command `gabinet-server`, as a separate process wherever that makes a difference.

const PASSWORD = 'four words from nowhere';

async function signIn(url: string, email: string, password = PASSWORD) {
  const response = await new ApiClient(url, null).send('POST', '/api/auth/sessions', { body: { email, password } });
  return response.ok ? new ApiClient(url, (await response.json()).token) : null;
}
const isSignedIn = async (client: ApiClient | null) => (await client?.get('/api/auth/me'))?.ok ?? false;

describe('with the embedded database', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gabinet-test-command-'));
    await chmod(dataDir, 0o755);
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const run = (args: readonly string[], input = '') =>
    runGabinetServer(args, { environment: { DATA_DIR: dataDir }, input });

  // Many processes and two clusters: slow on a busy machine.
  test('commands work before the first start and while the server runs', { timeout: 300_000 }, async () => {
    const created = await run(['create-admin', '--email', 'Nora@gabinet.example', '--name', 'Nora'], `${PASSWORD}\n`);
    expect(created).toEqual({ code: 0, out: 'Created the administrator nora@gabinet.example.\n', error: '' });

    const server = await spawnServer({ DATA_DIR: dataDir });
    try {
      expect(server.stdout).toEqual([`listening on ${server.url}`]);
      const nora = await signIn(server.url, 'nora@gabinet.example');
      expect(await (await nora?.get('/api/auth/me'))?.json()).toMatchObject({ name: 'Nora', is_admin: true });

      expect(await run(['create-customer', '--name', 'Aurora Studios'])).toMatchObject({
        code: 0,
        out: 'Created the customer Aurora Studios. Its slug is aurora-studios.\n',
      });
      const user = ['--email', 'erik@aurora.example', '--name', 'Erik', '--customer', 'aurora-studios'];
      expect(await run(['create-user', ...user, '--role', 'designer'], PASSWORD)).toMatchObject({
        code: 0,
        out: 'Created erik@aurora.example, designer of aurora-studios.\n',
      });
      expect(await isSignedIn(await signIn(server.url, 'erik@aurora.example'))).toBe(true);
      expect((await run(['list-users'])).out).toBe(
        'EMAIL                 NAME  STATE   ROLES\n' +
          'erik@aurora.example   Erik  active  designer of Aurora Studios\n' +
          'nora@gabinet.example  Nora  active  administrator\n',
      );
      const backups = await mkdtemp(join(tmpdir(), 'gabinet-test-backups-'));
      onTestFinished(() => rm(backups, { recursive: true }));
      expect(await run(['backup', backups])).toMatchObject({ code: 0, out: expect.stringContaining('0 versions') });
      expect(await run(['restore', backups])).toMatchObject({
        code: 1,
        error: expect.stringContaining('A server is running'),
      });
      expect(await server.stop()).toBe(0);
      const environment = { DATA_DIR: join(dataDir, 'restored') };
      expect(await runGabinetServer(['restore', backups], { environment })).toMatchObject({ code: 0 });
      const listed = await runGabinetServer(['list-users', '--json'], { environment });
      expect(JSON.parse(listed.out)).toMatchObject([{ email: 'erik@aurora.example' }, { is_admin: true }]);
    } finally {
      await server.stop();
    }
  });
});

test.each([['check'], ['backup', 'backups'], ['list-users']])(
  '%s refuses a mistyped DATA_DIR and makes nothing there',
  async (...args) => {
    const parent = await mkdtemp(join(tmpdir(), 'gabinet-test-command-'));
    onTestFinished(() => rm(parent, { recursive: true }));
    const dataDir = join(parent, 'mistyped');
    expect(await runGabinetServer(args, { environment: { DATA_DIR: dataDir } })).toEqual({
      code: 1,
      out: '',
      error: `gabinet-server: There is no database in ${dataDir}. Check DATA_DIR and DATABASE_URL, or start the server there once.\n`,
    });
    expect(await readdir(parent)).toEqual([]);
  },
);

describe('with a separate database', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  const run = (args: readonly string[], input = '') =>
    runGabinetServer(args, { environment: { DATABASE_URL: server.databaseUrl, DATA_DIR: server.dataDir }, input });
  /** In this process. `line` is the standard input; null at a terminal. */
  async function runHere(args: readonly string[], line: string | null = null) {
    const out: string[] = [];
    const error: string[] = [];
    const code = await runServerCommand(args, {
      writeOut: (text) => void out.push(text),
      writeError: (text) => void error.push(text),
      readLine: () => Promise.resolve(line),
      storageLimits: server.app.context.storageLimits,
      withDatabase: (work) => work(server.database.db),
      withFirstDatabase: (work) => work(server.database.db),
      withInstallation: () => Promise.reject(new Error('these commands need no files')),
      withEmptyTarget: () => Promise.reject(new Error('these commands need no files')),
    });
    return { code, out: out.join(''), error: error.join('') };
  }
  const auditOf = async (action: string) => {
    const ada = server.client(server.people.ada.token);
    const { events } = await (await ada.get(`/api/admin/audit-events?action=${action}`)).json();
    return events;
  };

  test('at a terminal a password is generated and shown once, and works', async () => {
    const { code, out } = await runHere(['create-admin', '--email', 'otto@gabinet.example']);
    expect(code).toBe(0);
    const password = /^Password \(shown only once\): ((?:[a-km-np-z2-9]{4}-){5}[a-km-np-z2-9]{4})$/m.exec(out)?.[1];
    expect(password).toBeDefined();
    const otto = await signIn(server.url, 'otto@gabinet.example', password);
    expect(await (await otto?.get('/api/auth/me'))?.json()).toMatchObject({ name: 'otto', is_admin: true });
    expect(await auditOf('account.admin_granted')).toMatchObject([
      { actor: null, details: { email: 'otto@gabinet.example' } },
    ]);
  });

  test('quotas of customers and projects are set and listed, and recorded without an actor', async () => {
    const { desk } = server.projects;
    const dana = server.client(server.people.dana.token);
    const { file_size: used } = await dana.mustUpload(desk.uuid, { bytes: buildBundle() });
    expect(await runHere(['set-quota', '--customer', 'aurora', '--size', '1.5 TB'])).toEqual({
      code: 0,
      out: `aurora: ${formatBytes(used)} of 1.5 TB used.\n`,
      error: '',
    });
    expect((await runHere(['set-quota', '--project', desk.uuid, '--size', '20GB'])).out).toBe(
      `${desk.uuid}: ${formatBytes(used)} of 20.0 GB used.\n`,
    );
    expect((await runHere(['list-storage'])).out).toMatch(
      new RegExp(
        `^CUSTOMER +NAME +USED +QUOTA\naurora +Aurora +${formatBytes(used)} +1.5 TB\nborealis .* 0 B +100 GB\n`,
      ),
    );
    await runHere(['set-quota', '--customer', 'aurora', '--size', 'default']);
    expect(JSON.parse((await runHere(['list-storage', '--json'])).out)[0]).toMatchObject({
      slug: 'aurora',
      quota_bytes: 100_000_000_000,
    });
    expect(await auditOf('project.quota_changed')).toMatchObject([{ actor: null, details: { to: 20_000_000_000 } }]);
    for (const mistake of [
      ['--size', '5GB'],
      ['--customer', 'aurora', '--size', '5'],
      ['--project', 'desk', '--size', '5GB'],
    ]) {
      expect((await runHere(['set-quota', ...mistake])).code).toBe(2);
    }
    expect(await runHere(['set-quota', '--customer', 'nobody', '--size', '5GB'])).toMatchObject({ code: 1 });
  });

  test('reset-password replaces the password and ends all sessions at once', async () => {
    const { dana } = server.people;
    const session = server.client(dana.token);
    expect(await isSignedIn(session)).toBe(true);
    expect(await run(['reset-password', '--email', dana.email], PASSWORD)).toMatchObject({ code: 0, error: '' });
    expect(await isSignedIn(session)).toBe(false);
    expect(await signIn(server.url, dana.email, dana.password)).toBeNull();
    expect(await isSignedIn(await signIn(server.url, dana.email))).toBe(true);
    expect(await auditOf('account.password_changed')).toMatchObject([{ actor: null, details: { email: dana.email } }]);
  });

  test('sign-out-everywhere and disable-user end all sessions; enable-user lets the user sign in again', async () => {
    const { viktor } = server.people;
    expect((await runHere(['sign-out-everywhere', '--email', viktor.email])).code).toBe(0);
    expect(await isSignedIn(server.client(viktor.token))).toBe(false);
    const session = await signIn(server.url, viktor.email, viktor.password);
    expect(await isSignedIn(session)).toBe(true);
    expect((await runHere(['disable-user', '--email', viktor.email.toUpperCase()])).code).toBe(0);
    expect(await isSignedIn(session)).toBe(false);
    expect(await signIn(server.url, viktor.email, viktor.password)).toBeNull();
    expect((await runHere(['enable-user', '--email', viktor.email])).code).toBe(0);
    expect(await isSignedIn(await signIn(server.url, viktor.email, viktor.password))).toBe(true);
  });

  const user = (role: string, customer = 'aurora') => [
    'create-user',
    '--email',
    'new@x.example',
    '--name',
    'New',
    '--customer',
    customer,
    '--role',
    role,
  ];

  test.each([
    ['an unknown user', ['disable-user', '--email', 'nobody@x.example'], '', 'There is no account nobody@x.example.'],
    ['an unknown customer', user('viewer', 'nowhere'), PASSWORD, 'There is no customer nowhere.'],
    ['an account that exists', ['create-admin', '--email', 'mira@aurora.example'], PASSWORD, 'has an account already'],
    ['a common password', user('viewer'), 'passwordpassword', 'one of the most common'],
    ['a slug that is taken', ['create-customer', '--name', 'X', '--slug', 'aurora'], '', 'There already is a customer'],
  ])('%s is refused with exit code 1', async (_what, args, input, message) => {
    const { code, out, error } = await runHere(args, input);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/^gabinet-server: /);
    expect(error).toContain(message);
  });

  test('the last administrator cannot be disabled', async () => {
    await runHere(['disable-user', '--email', 'otto@gabinet.example']);
    const { code, error } = await runHere(['disable-user', '--email', server.people.ada.email]);
    expect(code).toBe(1);
    expect(error).toContain('the only administrator who can sign in');
  });

  test.each([
    ['no command', []],
    ['an unknown command', ['create-everything']],
    ['a missing option', ['create-admin']],
    ['a malformed e-mail address', ['disable-user', '--email', 'nobody']],
    ['an unknown role', user('owner')],
    ['no password', user('viewer')],
  ])('%s is wrong usage, exit code 2', async (_what, args) => {
    const { code, out, error } = await runHere(args, '');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).not.toBe('');
  });

  test('the process exits with code 2 for invalid settings or no password, with code 1 for an unreachable database', async () => {
    const invalid = await runGabinetServer(['list-users'], { environment: { PORT: 'x' } });
    expect(invalid).toMatchObject({ code: 2, error: expect.stringContaining('PORT:') });
    const noPassword = await run(['reset-password', '--email', server.people.ada.email]);
    expect(noPassword).toMatchObject({ code: 2, error: expect.stringContaining('standard input') });
    const environment = { DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/z', DATA_DIR: server.dataDir };
    const unreachable = await runGabinetServer(['list-users'], { environment });
    expect(unreachable).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^gabinet-server: No connection to the database: .*ECONNREFUSED/),
    });
  });

  test('--help names all commands and the exit codes', async () => {
    const { code, out } = await runHere(['--help']);
    expect(code).toBe(0);
    for (const name of [
      'create-admin',
      'create-customer',
      'create-user',
      'reset-password',
      'disable-user',
      'enable-user',
      'sign-out-everywhere',
      'remove-second-factor',
      'list-users',
      'sweep',
      'adopt',
      'backup',
      'restore',
      'check',
    ]) {
      expect(out).toContain(name);
    }
    expect(out).toContain('Exit codes: 0 done, 1 refused or failed, 2 wrong usage');
  });
});
