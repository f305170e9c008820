import { describe, expect, test } from 'vitest';
import { readableEntry } from '../../../../main/diagnostics/readable-entry.ts';
import { createRedaction } from '../../../../main/diagnostics/redact.ts';
import { threadCpuMs } from '../../../support/cpu-time.ts';

const redact = createRedaction('/home/mara');
const TOKEN = 'q7Yx2mWv0Jd3kLsa9NfTzB4hRcUeP6oIgXy1VwKt5Ds';

describe('redaction of the log', () => {
  test.each([
    ['a bearer token', `Authorization: Bearer ${TOKEN}`, TOKEN],
    ['a basic header in JSON', '{"authorization":"Basic bWFyYTpodW50ZXIy"}', 'bWFyYTpodW50ZXIy'],
    ['a cookie', 'Cookie: session=abcdef; theme=dark', 'abcdef'],
    ['a token alone', `There is no session ${TOKEN}.`, TOKEN],
    ['an access token', `env GABINET_TOKEN is gabinet_pat_${TOKEN}`, TOKEN],
    ['a token at the end of a link', `https://gabinet.example/link/${TOKEN}`, TOKEN],
    ['a query', 'GET https://gabinet.example/callback?code=Ab1&state=xyz failed', 'Ab1'],
    ['a fragment', 'https://gabinet.example/#setup-1234', 'setup-1234'],
    ['the user of a proxy', 'proxy http://mara:hunter2@proxy.example:3128 refused', 'hunter2'],
    ['a proxy password with a slash', 'proxy http://mara:hun/ter2@proxy:3128 refused', 'ter2'],
    ['a proxy password with an at sign', 'proxy http://mara:hun@ter2@proxy:3128 refused', 'ter2'],
    ['a proxy password alone', 'proxy http://:hun/ter2@proxy:3128 refused', 'ter2'],
    ['a password in JSON', 'Body was {"password":"correct horse","name":"x"}', 'correct horse'],
    ['a password in a form', 'password=hunter2&name=x', 'hunter2'],
    ['another name of a secret', 'client_secret: s3cr3t', 's3cr3t'],
    ['a recovery code', 'ABCD-EFGH-JKLM-NPQ2 is used', 'EFGH'],
    ['recovery codes in JSON', '{"recovery_codes":["ABCDEFGH","IJKLMNOP"]}', 'IJKLMNOP'],
    ['a JSON Web Token', 'id eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJhIn0.c2lnbmF0dXJl', 'eyJzdWIi'],
    ['an e-mail address', 'No account of mara.k+test@studio.example.com', 'mara.k'],
    ['the home', 'ENOENT: /home/mara/Pictures/a.gab', 'mara/'],
    ['the home in an address', 'file:///home/mara/Pictures/a.gab', 'home'],
    ['another home', 'ENOENT: /Users/robin/a.gab', 'robin'],
    ['a home on Windows', String.raw`ENOENT: C:\Users\robin\a.gab`, 'robin'],
  ])('takes out %s, in a message, a detail and an error', (_what, text, secret) => {
    expect(redact(text)).not.toContain(secret);
    expect(JSON.stringify(redact({ reason: { list: [text] } }))).not.toContain(secret);
    expect(redact(new Error(text))).not.toContain(secret);
  });

  test.each([
    'password',
    'newPassword',
    'token',
    'deviceToken',
    'Authorization',
    'set-cookie',
    'recoveryCodes',
    'codeVerifier',
  ])('takes out the value of %s, whatever it is', (name) => {
    expect(redact({ [name]: 'x' })).toEqual({ [name]: '[removed]' });
    expect(redact({ inner: { [name]: { value: 'x' } } })).toEqual({ inner: { [name]: '[removed]' } });
    expect(redact({ [name]: null })).toEqual({ [name]: null });
  });

  test('shortens the home with its own separators, and nothing that only starts like it', () => {
    expect(redact('/home/mara/x and /home/mara')).toBe('~/x and ~');
    expect(createRedaction('/srv/people/mara')('/srv/people/mara2/x')).toBe('/srv/people/mara2/x');
    expect(createRedaction(String.raw`D:\People\Mara K`)(String.raw`D:\People\Mara K\x`)).toBe(String.raw`~\x`);
    expect(createRedaction(String.raw`D:\People\Mara K`)('file:///D:/People/Mara%20K/x')).toBe('file:///~/x');
    expect(createRedaction('/')('/srv/x')).toBe('/srv/x');
  });

  test('leaves what is needed to find a fault', () => {
    const details = {
      code: 'disk_full',
      sha256: 'a'.repeat(64),
      id: '018f3c3a-9f1e-7cc1-8f7d-2f4a6e1d2b3c',
      fileName: 'mara-v7.gab',
      url: 'https://gabinet.example/api/avatars/5',
      urlWithPort: 'https://gabinet.example:8443/api/avatars/5',
      packageUrl: 'file:///C:/gabinet/node_modules/@scope/index.js:10:5',
      error: 'Error: x\n    at run (app://gabinet/assets/index-4f.js:10:5)\n    at zod@4.1.0/index.js:1:1',
      count: 3,
      isOnline: false,
      none: null,
    };
    expect(redact(details)).toEqual(details);
  });

  test('writes what is not plain data as a short text, and cuts what is too long, too many or too deep', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(JSON.stringify(redact(cycle))).toContain('[deeper]');
    expect(redact({ at: new Date(0), bytes: new Uint8Array(3), big: 5n })).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      bytes: '[3 bytes]',
      big: '5',
    });
    expect(redact(Array.from({ length: 60 }, () => 1))).toHaveLength(51);
    expect(String(redact('x'.repeat(20_000))).length).toBeLessThan(8300);
  });

  test.each(['a', 'A1', '/', '://', 'a@', 'password=', 'eyJ', '.-', '"token":"'])(
    'is quick with a long text of %j',
    (piece) => {
      const before = threadCpuMs();
      redact(piece.repeat(100_000));
      expect(threadCpuMs(before)).toBeLessThan(1000);
    },
  );
});

test('an entry reads as time, level, message and details; a line that was cut off stays as it is', () => {
  const time = '2026-11-30T10:00:00.000Z';
  const entry = { level: 'warn', time, pid: 5, msg: 'Safe storage is not available' };
  expect(readableEntry(JSON.stringify(entry))).toBe(`${time} warn Safe storage is not available`);
  expect(readableEntry(JSON.stringify({ ...entry, details: { reason: 'x' } }))).toBe(
    `${time} warn Safe storage is not available {"reason":"x"}`,
  );
  expect(readableEntry('{"level":"wa')).toBe('{"level":"wa');
  expect(readableEntry('5')).toBe('5');
});
