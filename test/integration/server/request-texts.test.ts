import { randomUUID } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemFailureOf } from '../../../server/failures/system-failures.ts';
import { fillPath, type RouteDefinition } from '../../../shared/api/define-route.ts';
import { apiRoutes } from '../../../shared/api/routes.ts';
import { type ApiClient, problemOf } from '../../support/api-client.ts';
import { type RequestPart, type RequestString, requestStrings } from '../../support/request-strings.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let ada: ApiClient;
beforeAll(async () => {
  server = await startTestServer();
  ada = server.client(server.people.ada.token);
});
afterAll(() => server.stop());

/** Long enough for every field that has a minimum. */
const STEM = 'a'.repeat(20);
const NUL = '\u0000';
const LONE_SURROGATE = '\ud800';
const BIDI = '\u202e';
/**
 * What each part of a request can carry: URLs and forms are UTF-8, headers Latin-1 without NUL. The
 * schemas themselves are tested with every character in `request-texts.test.ts` of the quick tests.
 */
const CARRIED: Readonly<Record<RequestPart, readonly string[]>> = {
  params: [NUL],
  query: [NUL, BIDI],
  headers: ['\u0085'],
  body: [NUL, LONE_SURROGATE, BIDI],
  multipart: [NUL],
};

/** The text fields of one part of a route's requests. */
interface TextFields {
  readonly route: RouteDefinition;
  readonly part: RequestPart;
  readonly paths: readonly (readonly string[])[];
}

function isTyped({ schema }: RequestString): boolean {
  return !schema.safeParse(`${STEM}${BIDI}.gab`).success;
}

const nameOf = ({ route, part }: RequestString) => `${route} ${part}`;

function textFields(strings: readonly RequestString[]): [string, TextFields][] {
  return Object.entries(Object.groupBy(strings, nameOf)).map(([name, found = []]) => {
    const [first] = found;
    if (!first) throw new Error('a group has at least one string');
    return [name, { route: apiRoutes[first.route], part: first.part, paths: found.map(({ path }) => path) }];
  });
}

/** `name` and `tags.0` become `{ name: value, tags: [value] }`. */
function filled(paths: TextFields['paths'], value: string): Record<string, unknown> {
  return Object.fromEntries(
    paths.map(([name = '', ...rest]) => {
      const deeper = paths.filter(([other]) => other === name).map((path) => path.slice(1));
      if (rest.length === 0) return [name, value];
      return [
        name,
        rest[0] === '0' ? [rest.length === 1 ? value : filled([rest.slice(1)], value)] : filled(deeper, value),
      ];
    }),
  );
}

/** A path of the route with parameters of the right form; `own` replaces some. */
function pathOf({ path }: RouteDefinition, own: Readonly<Record<string, string>> = {}): string {
  const plain = (name: string) => (name.endsWith('_uuid') ? randomUUID() : STEM);
  const names = [...path.matchAll(/:([a-z_]+)/g)].map(([, name]) => name ?? '');
  return fillPath(path, Object.fromEntries(names.map((name) => [name, own[name] ?? plain(name)])));
}

/** Bodies are judged before headers. */
const SOME_BODY = { name: 'Mara', avatar_uuid: null, expected_active_uuid: null };

function form(fields: Readonly<Record<string, unknown>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, String(value));
  data.append('file', new Blob(['no bundle']), 'a.gab');
  return data;
}

function sendTexts({ route, part, paths }: TextFields, value: string): Promise<Response> {
  const fields = filled(paths, value);
  const texts = fields as Record<string, string>;
  const { method } = route;
  if (part === 'params') return ada.send(method, pathOf(route, texts));
  if (part === 'query') return ada.send(method, `${pathOf(route)}?${new URLSearchParams(texts).toString()}`);
  if (part === 'headers')
    return ada.send(method, pathOf(route), { headers: texts, ...(route.body && { body: SOME_BODY }) });
  // A form is read only for a project that exists.
  const path = pathOf(route, { project_uuid: server.projects.desk.uuid });
  return ada.send(method, path, { body: part === 'body' ? fields : form(fields) });
}

/** As a failure names the part; the fields of a form have no part. */
const NAMES: Readonly<Partial<Record<RequestPart, string>>> = { multipart: 'form' };

describe('a text that cannot be stored', () => {
  const all = requestStrings();
  const typed = all.filter(isTyped);

  test('is refused in every string except names of files, which are cleaned', () => {
    const others = all.filter((one) => !isTyped(one));
    expect(others.map((one) => `${nameOf(one)}.${one.path.join('.')}`)).toEqual(['openUpload body.original_filename']);
  });

  test.each(textFields(typed))('%s: fails with `invalid_request` and names every field', async (_name, fields) => {
    const { part, paths } = fields;
    for (const character of CARRIED[part]) {
      const response = await sendTexts(fields, `${STEM}${character}`);
      expect(response.status).toBe(400);
      const { code, errors } = await problemOf(response);
      expect(code).toBe('invalid_request');
      const named = new Set(errors?.map(({ where }) => where));
      for (const path of paths) expect(named).toContain([NAMES[part] ?? part, ...path].join('.'));
    }
  });

  test('a URL with malformed UTF-8 is refused, or its text taken as it is', async () => {
    expect((await ada.get('/api/customer/uploads/aaaaaaaa%ED%A0%80')).status).toBe(400);
    expect((await ada.get('/api/customer/projects?q=%ED%A0%80%FF')).status).toBe(200);
  });
});

describe('what PostgreSQL and the system say', () => {
  const raise = (state: string) => sql.raw(`do $$ begin raise exception 'x' using errcode = '${state}'; end $$`);

  test.each<readonly [string, SQL, string]>([
    ['22021, a NUL', sql`select ${'a\u0000b'}::text`, 'invalid_request'],
    ['22P02, no number', sql`select ${'one'}::int`, 'invalid_request'],
    ['22P05, a NUL in JSON', sql`select (${JSON.stringify({ a: '\u0000' })}::jsonb) ->> 'a'`, 'invalid_request'],
    ['53100, a full disk', raise('53100'), 'storage_full'],
    ['53300, too many connections', raise('53300'), 'unavailable'],
  ])('%s', async (_name, statement, code) => {
    const error: unknown = await server.database.db.execute(statement).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(systemFailureOf(error)).toMatchObject({ code });
  });

  test('no descriptor left is a failure that passes, and any other error none', () => {
    expect(systemFailureOf(Object.assign(new Error('open'), { code: 'EMFILE' }))).toMatchObject({
      code: 'unavailable',
    });
    expect(systemFailureOf(new Error('a bug'))).toBeNull();
  });
});
