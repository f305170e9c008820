import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import type { RouteDefinition } from '../../../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../../../shared/api/routes.ts';
import { problemOf } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

interface Operation {
  readonly summary?: string;
  readonly tags?: string[];
  readonly security?: unknown[];
  readonly parameters?: { name: string; in: string; required?: boolean }[];
  readonly requestBody?: {
    content: Record<string, { schema: { properties: Record<string, unknown>; required?: string[] } }>;
  };
  readonly responses: Record<string, { content?: Record<string, unknown> }>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

let server: TestServer;
let document: Document;
const names = Object.keys(apiRoutes) as ApiRouteName[];

beforeAll(async () => {
  server = await startTestServer();
  document = await (await server.client().get('/api/openapi.json')).json();
});
afterAll(() => server.stop());

const openApiPath = (path: string) => path.replaceAll(/:([a-z_]+)/g, '{$1}');
const operationOf = (name: ApiRouteName): Operation => {
  const route: RouteDefinition = apiRoutes[name];
  const operation = document.paths[openApiPath(route.path)]?.[route.method.toLowerCase()];
  if (!operation) throw new Error(`${name} is not in the document`);
  return operation;
};

test('the document is OpenAPI 3.1', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
});

test('the document contains exactly the routes of the table', () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const table = names.map((name) => `${apiRoutes[name].method.toLowerCase()} ${openApiPath(apiRoutes[name].path)}`);
  expect(documented.sort()).toEqual(table.sort());
});

test('the server has the routes of the table, the document and its page, the pages of links, its health, and no others', async () => {
  const registered: string[] = [];
  const app = await buildApp({
    database: server.database,
    dataDir: server.dataDir,
    gabPolicy: 'lenient',
    trashDays: 30,
    demo: null,
    log: server.app.context.log,
    onRoute: ({ method, url }: RouteOptions) => void registered.push(`${String(method)} ${url}`),
  });
  await app.http.ready();
  await app.http.close();
  const table = names.map((name) => `${apiRoutes[name].method} ${apiRoutes[name].path}`);
  const others = registered.filter((route) => !table.includes(route));
  expect(registered.filter((route) => table.includes(route)).sort()).toEqual(table.sort());
  const linkPages = ['setup', 'invitation', 'reset'].flatMap((kind) => [
    `GET /${kind}/:link_token`,
    `POST /${kind}/:link_token`,
  ]);
  expect(others.filter((route) => linkPages.includes(route))).toEqual(linkPages);
  const health = ['GET,HEAD /health/live', 'GET,HEAD /health/ready'];
  expect(others.filter((route) => health.includes(route))).toEqual(health);
  for (const route of others.filter((one) => ![...linkPages, ...health].includes(one)))
    expect(route).toMatch(/^(HEAD,)?GET \/api\/(openapi\.json|docs(\/|$))/);
});

describe('every route documents its input and its response', () => {
  test.each(names)('%s', (name) => {
    const route: RouteDefinition = apiRoutes[name];
    const operation = operationOf(name);
    expect(operation.summary).toBe(route.summary);
    expect(operation.tags).toEqual([route.tag]);
    expect(operation.security).toEqual(route.access === 'public' ? undefined : [{ session: [] }]);
    const parameters = (place: string) =>
      (operation.parameters ?? []).filter((one) => one.in === place).map((one) => one.name);
    expect(parameters('path').sort()).toEqual(Object.keys(route.params?.shape ?? {}).sort());
    expect(parameters('query').sort()).toEqual(Object.keys(route.query?.shape ?? {}).sort());
    expect(parameters('header').sort()).toEqual(Object.keys(route.headers?.shape ?? {}).sort());
    expect(operation.requestBody !== undefined).toBe(
      route.body !== undefined || route.multipart !== undefined || route.isByteStream === true,
    );
    expect(operation.responses).toHaveProperty(String(route.successStatus));
    expect(operation.responses.default?.content).toHaveProperty('application/problem+json');
  });
});

test('an upload is documented as a form with a file and its fields', () => {
  const form = operationOf('uploadAvatar').requestBody?.content['multipart/form-data']?.schema;
  expect(Object.keys(form?.properties ?? {}).sort()).toEqual([
    'activate',
    'description',
    'file',
    'lineage_uuid',
    'name',
    'tags',
  ]);
  expect(form?.required).toEqual(['file']);
  expect(form?.properties.file).toMatchObject({ type: 'string', contentMediaType: 'application/octet-stream' });
});

test('a download is documented as bytes', () => {
  expect(Object.keys(operationOf('downloadAvatar').responses)).toEqual(['200', '206', '304', 'default']);
});

test('every reference in the document resolves', () => {
  const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
  expect(references.length).toBeGreaterThan(0);
  for (const reference of references) {
    const path = reference.slice('"$ref":"#/'.length, -1).split('/');
    const found = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    expect(found, reference).toBeDefined();
  }
});

describe('the page for the document', () => {
  test('is served with all its files, under a policy that allows no others', async () => {
    const page = await server.client().get('/api/docs/');
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/);
    const html = await page.text();
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      const url = new URL(link, `${server.url}/api/docs/`);
      expect(url.origin).toBe(server.url);
      expect((await fetch(url)).status, link).toBe(200);
    }
    expect(html).not.toMatch(/<script(?![^>]*src=)/);
  });
});

describe('an error is a problem document', () => {
  test.each([
    ['GET', '/nowhere', 404, 'not_found'],
    ['PUT', '/api/server', 404, 'not_found'],
    ['GET', '/api/customer/projects/%E0%A4%A', 400, 'invalid_request'],
  ])('for %s %s', async (method, path, status, code) => {
    const response = await server.client(server.people.dana.token).send(method, path);
    expect(await problemOf(response)).toMatchObject({
      status,
      code,
      hint: expect.any(String),
      detail: expect.any(String),
    });
  });

  test('for malformed JSON, a body that is too large, and another media type', async () => {
    const post = (body: string, type: string) =>
      server.client().send('POST', '/api/auth/sessions', {
        body: new Uint8Array(Buffer.from(body)),
        headers: { 'content-type': type },
      });
    expect(await problemOf(await post('{"email":', 'application/json'))).toMatchObject({
      status: 400,
      code: 'invalid_request',
    });
    expect(await problemOf(await post('x'.repeat(2_000_000), 'application/json'))).toMatchObject({
      status: 413,
      code: 'request_too_large',
    });
    expect(await problemOf(await post('<a/>', 'text/xml'))).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
    });
    expect(await problemOf(await post('{"__proto__":{}}', 'application/json'))).toMatchObject({ status: 400 });
  });

  test('that names an invalid UUID', async () => {
    const response = await server.client(server.people.dana.token).get('/api/customer/avatars/ABC');
    expect(await problemOf(response)).toMatchObject({
      status: 400,
      errors: [{ where: 'params.avatar_uuid', message: 'must be a lower-case UUID' }],
    });
  });

  test('that reveals nothing about the server for an internal error', async () => {
    const broken = await startTestServer();
    await broken.database.pool.query('drop table idempotency_keys');
    const bytes = Buffer.from('x');
    const response = await broken
      .client(broken.people.dana.token)
      .upload(broken.projects.desk.uuid, { bytes, idempotencyKey: 'a-key-to-ask-for' });
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(problem)).not.toMatch(/idempotency_keys|select|relation/);
    await broken.stop();
  });
});

test('every response has the security headers', async () => {
  for (const path of ['/api/server', '/nowhere', '/api/docs/', `/reset/${'a'.repeat(43)}`]) {
    const { headers } = await server.client().get(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.has('x-powered-by')).toBe(false);
  }
});
