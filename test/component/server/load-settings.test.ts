import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings } from '../../../server/load-settings.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function secretFile(content: string): Promise<string> {
  const path = join(await tempFolder(), 'secret');
  await writeFile(path, content);
  return path;
}

test('secrets are read from the files that the environment names, without the line break at the end', async () => {
  const settings = loadSettings(
    {
      DATABASE_URL_FILE: await secretFile('postgresql://a:b@db/c\n'),
      SMTP_URL_FILE: await secretFile('smtps://u:p@mail.example.com\r\n'),
      MAIL_FROM: 'gabinet@example.com',
      OIDC_ISSUER: 'https://id.example.org',
      OIDC_CLIENT_ID: 'gabinet',
      OIDC_CLIENT_SECRET_FILE: await secretFile(' with spaces '),
      METRICS_TOKEN_FILE: await secretFile('a-token-for-prometheus'),
    },
    '/srv',
  );
  expect(settings).toMatchObject({
    ok: true,
    value: {
      databaseUrl: 'postgresql://a:b@db/c',
      mail: { smtpUrl: 'smtps://u:p@mail.example.com' },
      oidc: { clientSecret: ' with spaces ' },
      metricsToken: 'a-token-for-prometheus',
    },
  });
});

test('a secret that is set twice, missing or empty is refused, all in one message that quotes none', async () => {
  const settings = loadSettings(
    {
      DATABASE_URL: 'postgresql://a:hunter2@db/c',
      DATABASE_URL_FILE: await secretFile('postgresql://a:hunter2@db/c'),
      SMTP_URL_FILE: '/nowhere/smtp',
      METRICS_TOKEN_FILE: await secretFile('\n'),
    },
    '/srv',
  );
  const failure = settings.ok ? '' : settings.failure;
  expect(failure).toContain('DATABASE_URL and DATABASE_URL_FILE are both set. Remove one.');
  expect(failure).toContain('SMTP_URL_FILE: /nowhere/smtp cannot be read (ENOENT).');
  expect(failure).toMatch(/METRICS_TOKEN_FILE: .* is empty\./);
  expect(failure).not.toContain('hunter2');
});

test('an invalid secret is refused without being quoted', async () => {
  const settings = loadSettings({ DATABASE_URL_FILE: await secretFile('mysql://a:hunter2@db/c') }, '/srv');
  expect(settings).toMatchObject({ ok: false, failure: expect.stringContaining('DATABASE_URL: must look like') });
  expect(JSON.stringify(settings)).not.toContain('hunter2');
});
