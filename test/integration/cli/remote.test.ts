import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TokenScope } from '../../../shared/domain/access-token.ts';
import { addToken } from '../../support/access-tokens.ts';
import { fixturePath } from '../../support/api-client.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { type CliRun, runCli } from '../../support/run-cli.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { addProject, type TestProject } from '../../support/world.ts';

let server: TestServer;
let folder: string;
let project: TestProject;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  count += 1;
  folder = await tempFolder();
  project = await addProject(server.database.db, server.customers.aurora.id, `Stage ${count}`);
});

const ALL: readonly TokenScope[] = ['read', 'upload', 'activate', 'admin'];
const tokenOf = (person: 'dana' | 'viktor' | 'ada', scopes = ALL) =>
  addToken(server.database.db, { userId: server.people[person].id, scopes });

/** Runs the command as Dana, unless the environment says otherwise. */
async function gabinet(args: readonly string[], more: Record<string, string> = {}): Promise<CliRun> {
  const token = more.GABINET_TOKEN ?? (await tokenOf('dana'));
  const environment = { GABINET_SERVER: server.url, GABINET_CONFIG_DIR: join(folder, 'config'), ...more };
  return runCli(args, undefined, { environment: { ...environment, GABINET_TOKEN: token } });
}

/** The printed JSON of a command that succeeds. */
async function json(args: readonly string[], more: Record<string, string> = {}) {
  const { exitCode, out, error } = await gabinet([...args, '--json'], more);
  expect({ exitCode, error: exitCode === 0 ? '' : error }).toEqual({ exitCode: 0, error: '' });
  return JSON.parse(out);
}

const fixture = async (name: string, as = name) => {
  await copyFile(fixturePath(`gab/${name}`), join(folder, as));
  return join(folder, as);
};

describe('login', () => {
  const environment = () => ({ GABINET_CONFIG_DIR: join(folder, 'config') });
  const run = (...args: string[]) => runCli(args, undefined, { environment: environment() });

  test('keeps server and token for later commands, readable by this account only, until logout', async () => {
    const token = await tokenOf('dana');
    const { exitCode, out } = await run('login', '--server', server.url, '--token', token);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: `Logged in to ${server.url} as dana@aurora.example.\n` });
    if (process.platform !== 'win32') {
      expect((await stat(join(folder, 'config'))).mode & 0o777).toBe(0o700);
      expect((await stat(join(folder, 'config', 'login.json'))).mode & 0o777).toBe(0o600);
    }
    expect((await run('projects')).out).toContain('Concierge desk');
    expect((await run('logout')).exitCode).toBe(0);
    const after = await run('projects', '--json');
    expect({ exitCode: after.exitCode, ...JSON.parse(after.out) }).toMatchObject({
      exitCode: 3,
      error: { code: 'not_signed_in' },
    });
  });

  test('refuses tokens that do not work, and those of a session', async () => {
    const revoked = await addToken(server.database.db, { userId: server.people.dana.id, scopes: ['read'], days: -1 });
    const refused = await run('login', '--server', server.url, '--token', revoked);
    expect(refused).toMatchObject({ exitCode: 3, error: 'gabinet: This access token has expired.\n' });
    expect((await run('login', '--server', server.url, '--token', server.people.dana.token)).exitCode).toBe(2);
    expect((await run('login', '--server', 'http://elsewhere.example', '--token', revoked)).exitCode).toBe(2);
  });

  test('sends its token to no other server', async () => {
    await run('login', '--server', server.url, '--token', await tokenOf('dana'));
    const other = await runCli(['projects'], undefined, {
      environment: { ...environment(), GABINET_SERVER: 'http://127.0.0.1:9' },
    });
    expect(other).toMatchObject({ exitCode: 3 });
  });
});

describe('push', () => {
  test('uploads bundles as avatars and as versions, and list shows them', async () => {
    const first = await fixture('minimal.gab');
    const { uploads } = await json(['push', project.name, first, '--name', 'Mara', '--tag', 'formal']);
    expect(uploads).toMatchObject([{ result: 'stored', name: 'Mara', version: 1, tags: ['formal'], isActive: false }]);
    const second = await fixture('robot-expressive.gab');
    await json(['push', project.uuid, second, '--avatar', 'mara']);
    expect((await json(['list', `Aurora/${project.name}`])).versions).toMatchObject([{ name: 'Mara', version: 2 }]);
    const all = await json(['list', project.name, '--avatar', 'Mara']);
    expect(all.versions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
  });

  test('prints plain lines of progress in a pipe, and keeps the output for the result', async () => {
    const { out, error } = await gabinet(['push', project.name, await fixture('minimal.gab')]);
    expect(out).toMatch(/^\S+minimal\.gab is stored as \S+ v1 \([0-9a-f-]{36}\)\n$/);
    expect(error).toContain('minimal.gab: 100 %\n');
  });

  test('of a file that the project has sends nothing, and activates it if wanted', async () => {
    const file = await fixture('minimal.gab');
    await json(['push', project.name, file]);
    const { uploads } = await json(['push', project.name, file, '--activate']);
    expect(uploads).toMatchObject([{ result: 'duplicate', activation: 'activated', isActive: true }]);
  });

  test('activates only over the expected version', async () => {
    await json(['push', project.name, await fixture('minimal.gab'), '--name', 'Mara', '--activate']);
    const other = await fixture('robot-expressive.gab');
    const refused = await gabinet(['push', project.name, other, '--name', 'Robin', '--activate', '--expect', 'none']);
    expect(refused).toMatchObject({ exitCode: 5, error: expect.stringContaining('another version has become active') });
    expect((await json(['projects'])).projects).toContainEqual(
      expect.objectContaining({ name: project.name, active: expect.objectContaining({ name: 'Mara' }) }),
    );
  });

  test('does not send an invalid bundle, and prints its findings', async () => {
    const broken = join(folder, 'broken.gab');
    await writeFile(broken, 'PK\u0003\u0004 not a bundle');
    const { exitCode, error } = await gabinet(['push', project.name, broken, await fixture('minimal.gab')]);
    expect({ exitCode, hasFindings: error.includes('INVALID') }).toEqual({ exitCode: 1, hasFindings: true });
    expect((await json(['list', project.name])).versions).toHaveLength(1);
  });

  test('of files of which one cannot be read sends none', async () => {
    const files = [await fixture('minimal.gab'), join(folder, 'missing.gab')];
    expect((await gabinet(['push', project.name, ...files])).exitCode).toBe(2);
    expect((await json(['list', project.name])).versions).toEqual([]);
  });

  test('prints what was stored before a failure', async () => {
    const proxy = await startTcpProxy(() => server.url);
    const large = join(folder, 'large.gab');
    await writeFile(large, buildBundle({ sizeBytes: 600_000 }));
    const files = [await fixture('minimal.gab'), large];
    proxy.onSent = (sentBytes) => sentBytes > 300_000 && proxy.cut();
    const push = (...options: string[]) =>
      gabinet(['push', project.name, ...files, '--retries', '0', ...options], { GABINET_SERVER: proxy.url });
    const failed = await push('--json');
    expect(failed.exitCode).toBe(6);
    expect(JSON.parse(failed.out)).toMatchObject({
      uploads: [{ file: files[0], result: 'stored', version: 1 }],
      error: { code: expect.any(String) },
    });
    proxy.onSent = null;
    proxy.restore();
    const { exitCode, out } = await push();
    expect({ exitCode, lines: out.trimEnd().split('\n') }).toEqual({
      exitCode: 0,
      lines: [expect.stringContaining('minimal.gab is already there as'), expect.stringContaining('is stored as')],
    });
  });

  test('continues after a lost connection with the same upload', async () => {
    const proxy = await startTcpProxy(() => server.url);
    const file = await fixture('kaykit-mage.gab');
    const { size } = await stat(file);
    const notes = () => readdir(join(folder, 'config', 'uploads'));
    const push = () => gabinet(['push', project.name, file, '--retries', '0'], { GABINET_SERVER: proxy.url });
    proxy.onSent = (sentBytes) => sentBytes > size / 2 && proxy.cut();
    expect((await push()).exitCode).toBe(6);
    expect(await notes()).toHaveLength(1);
    proxy.onSent = null;
    proxy.restore();
    const sentBefore = proxy.sentBytes;
    expect((await push()).exitCode).toBe(0);
    expect(proxy.sentBytes - sentBefore).toBeLessThan(size);
    expect(await notes()).toEqual([]);
  });

  test('needs the scopes for what it does', async () => {
    const file = await fixture('minimal.gab');
    const as = async (scopes: readonly TokenScope[]) => ({ GABINET_TOKEN: await tokenOf('dana', scopes) });
    const reader = await gabinet(['push', project.name, file], await as(['read']));
    expect(reader).toMatchObject({ exitCode: 3, error: expect.stringContaining('"upload"') });
    const uploader = await gabinet(['push', project.name, file, '--activate'], await as(['upload']));
    expect(uploader).toMatchObject({ exitCode: 3, error: expect.stringContaining('"activate"') });
    expect((await gabinet(['push', project.name, file], await as(['upload']))).exitCode).toBe(0);
  });
});

describe('pull', () => {
  test('writes exactly the uploaded bytes, of the active version by default', async () => {
    const file = await fixture('minimal.gab');
    expect((await gabinet(['pull', project.name])).exitCode).toBe(4);
    await json(['push', project.name, file, '--name', 'Mara', '--activate']);
    const target = join(folder, 'pulled');
    await mkdir(target);
    const { file: path } = await json(['pull', project.name, '--output', target]);
    expect(path).toBe(join(target, 'minimal.gab'));
    expect(await readFile(path)).toEqual(await readFile(file));
    expect(await readdir(target)).toEqual(['minimal.gab']);
  });

  test('replaces another file only with --force', async () => {
    await json(['push', project.name, await fixture('minimal.gab'), '--name', 'Mara']);
    const target = join(folder, 'out.gab');
    await writeFile(target, 'mine');
    expect((await gabinet(['pull', project.name, 'Mara@1', '--output', target])).exitCode).toBe(2);
    expect(await readFile(target, 'utf8')).toBe('mine');
    await json(['pull', project.name, 'Mara', '--output', target, '--force']);
    expect(await readFile(target)).toEqual(await readFile(fixturePath('gab/minimal.gab')));
    expect((await gabinet(['pull', project.name, 'Mara', '--output', target])).exitCode).toBe(0);
  });
});

describe('activate', () => {
  beforeEach(async () => {
    await json(['push', project.name, await fixture('minimal.gab'), '--name', 'Mara']);
    await json(['push', project.name, await fixture('robot-expressive.gab'), '--name', 'Robin']);
  });

  test('switches from the version that is active, and takes the project offline', async () => {
    expect((await json(['activate', project.name, 'Mara'])).active).toMatchObject({ name: 'Mara', isActive: true });
    expect((await json(['activate', project.name, 'Robin@1'])).active).toMatchObject({ name: 'Robin' });
    expect((await json(['activate', project.name, '--none'])).active).toBeNull();
  });

  test('replaces nothing else than the expected version', async () => {
    await json(['activate', project.name, 'Mara', '--expect', 'none']);
    const refused = await gabinet(['activate', project.name, 'Robin', '--expect', 'none', '--json']);
    expect(refused.exitCode).toBe(5);
    expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'active_conflict' } });
    await json(['activate', project.name, 'Robin', '--expect', 'Mara@1']);
  });

  test('needs one version, or --none', async () => {
    expect((await gabinet(['activate', project.name])).exitCode).toBe(2);
    expect((await gabinet(['activate', project.name, 'Mara', '--none'])).exitCode).toBe(2);
    expect((await gabinet(['activate', project.name, 'Nobody'])).exitCode).toBe(4);
  });
});

test('audit shows the trail to administrators', async () => {
  await json(['push', project.name, await fixture('minimal.gab')]);
  const ada = { GABINET_TOKEN: await tokenOf('ada') };
  const { events } = await json(['audit', '--project', project.name, '--action', 'avatar.uploaded'], ada);
  expect(events).toMatchObject([{ action: 'avatar.uploaded', actor: 'dana@aurora.example' }]);
  expect((await gabinet(['audit'], ada)).out).toContain('avatar.uploaded');
  expect((await gabinet(['audit'])).exitCode).toBe(3);
});

test('a project that the owner of the token does not see is not found', async () => {
  expect((await gabinet(['list', 'Reception'])).exitCode).toBe(4);
  expect((await gabinet(['list', server.projects.reception.uuid])).exitCode).toBe(4);
});

test('a server that cannot be reached has its own exit code', async () => {
  expect((await gabinet(['projects'], { GABINET_SERVER: 'http://127.0.0.1:9' })).exitCode).toBe(6);
});
