import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../../node/free-port.ts';
import { type MailReceiver, startMailReceiver } from '../../support/mail-receiver.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../../support/server.ts';

// Links by mail, with a real SMTP server.

const FROM = 'Gabinet <gabinet@aurora.example>';
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function start(smtpUrl: string, options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer({ mail: { smtpUrl, from: FROM }, ...options });
  closers.push(() => server.stop());
  return server;
}

async function receiver(): Promise<MailReceiver> {
  const started = await startMailReceiver();
  closers.push(() => started.stop());
  return started;
}

async function invite(server: TestServer, email = 'nora@aurora.example') {
  const body = { customer_uuid: server.customers.aurora.uuid, email, name: 'Nora', role: 'viewer' };
  const response = await server.client(server.people.mira.token).send('POST', '/api/customer/people', { body });
  expect(response.status).toBe(201);
  return response.json();
}

test('an invitation and a reset link are mailed, with the public address of the server', async () => {
  const { url, mails } = await receiver();
  const server = await start(url, { publicUrl: 'https://gabinet.aurora.example/avatars' });
  const { person, link } = await invite(server);
  expect(link.was_mailed).toBe(true);
  expect(link.url).toMatch(/^https:\/\/gabinet\.aurora\.example\/avatars\/invitation\/[\w-]{43}$/);
  const ada = server.client(server.people.ada.token);
  const reset = await (await ada.send('POST', `/api/customer/people/${person.uuid}/reset`)).json();
  expect(reset.was_mailed).toBe(true);
  expect(mails).toMatchObject([
    {
      from: 'gabinet@aurora.example',
      to: ['nora@aurora.example'],
      subject: 'Your invitation to Gabinet',
      body: expect.stringContaining(`\n${link.url}\n`),
    },
    { subject: 'Choose a new password for Gabinet', body: expect.stringContaining(`\n${reset.url}\n`) },
  ]);
  expect(mails[0]?.body).toContain('mira@aurora.example invites you');
  expect(mails[0]?.body).toContain(`until ${link.expires_at.slice(0, 16).replace('T', ' ')} UTC.`);
});

test('somebody who has an account gets no mail', async () => {
  const { url, mails } = await receiver();
  const server = await start(url);
  expect((await invite(server, server.people.bo.email)).link).toBeNull();
  expect(mails).toEqual([]);
});

test('a new invitation is mailed again', async () => {
  const { url, mails } = await receiver();
  const server = await start(url);
  const { person } = await invite(server);
  const mira = server.client(server.people.mira.token);
  const again = await (await mira.send('POST', `/api/customer/people/${person.uuid}/invitation`)).json();
  expect(again.was_mailed).toBe(true);
  expect(mails.map(({ body }) => /\/invitation\/\S+/.exec(body)?.[0])[1]).toBe(new URL(again.url).pathname);
});

/** A mail server that accepts connections and closes them without a word. */
async function closingServer(): Promise<string> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => server.close());
  return `smtp://127.0.0.1:${(server.address() as { port: number }).port}`;
}

test.each([
  ['is not there', async () => `smtp://127.0.0.1:${await freePort()}`],
  ['breaks off', closingServer],
  ['refuses the password', async () => (await receiver()).url.replace('secret', 'wrong')],
  [
    'refuses the recipient',
    async () => {
      const started = await receiver();
      started.refuse();
      return started.url;
    },
  ],
])('a mail server that %s does not fail the invitation: the link works, and the log says why', async (_what, url) => {
  const lines: string[] = [];
  const smtpUrl = await url();
  const server = await start(smtpUrl, { logTo: { write: (line) => void lines.push(line) } });
  const { link } = await invite(server);
  expect(link.was_mailed).toBe(false);
  expect((await fetch(link.url)).status).toBe(200);
  const logged = lines.filter((line) => line.includes('a mail was not sent'));
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({ reason: expect.stringMatching(/\w/) });
  expect(lines.join('')).not.toMatch(/secret|wrong@|nora@|\/invitation\/[\w-]{43}/);
});

test('where passwords do not sign in, an invitation has no link, and none can be issued', async () => {
  const { url, mails } = await receiver();
  const server = await start(url, { allowsPasswords: false });
  const { person, link } = await invite(server);
  expect(link).toBeNull();
  const ada = server.client(server.people.ada.token);
  for (const kind of ['invitation', 'reset'])
    expect((await ada.send('POST', `/api/customer/people/${person.uuid}/${kind}`)).status).toBeGreaterThanOrEqual(400);
  expect(mails).toEqual([]);
});
