import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillPath, type RouteDefinition, tokenActionOf } from '../../../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../../../shared/api/routes.ts';
import {
  type AccessAction,
  type AccessPlace,
  type AccessSubject,
  type CustomerRole,
  decideAccess,
  decideOnPerson,
  isWithinLimits,
} from '../../../shared/domain/access-policy.ts';
import { actionsOfScopes, scopesAllowing, type TokenScope } from '../../../shared/domain/access-token.ts';
import { accessProbes, type ProbeTargets, useBundle } from '../../support/access-probes.ts';
import { addToken } from '../../support/access-tokens.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, addProject } from '../../support/world.ts';

/**
 * Who sends the requests. `desk` members have access to one project of Aurora only; those with
 * `scopes` come with an access token.
 */
const people = {
  nobody: null,
  admin: { role: 'admin', of: null },
  manager: { role: 'manager', of: 'aurora' },
  designer: { role: 'designer', of: 'aurora' },
  viewer: { role: 'viewer', of: 'aurora' },
  deskDesigner: { role: 'designer', of: 'desk' },
  otherDesk: { role: 'viewer', of: 'kiosk' },
  foreignManager: { role: 'manager', of: 'borealis' },
  withoutMembership: { role: 'none', of: null },
  adminToken: { role: 'admin', of: null, scopes: ['admin'] },
  managerToken: { role: 'manager', of: 'aurora', scopes: ['read', 'upload', 'activate', 'admin'] },
  readToken: { role: 'designer', of: 'aurora', scopes: ['read'] },
  uploadToken: { role: 'designer', of: 'aurora', scopes: ['upload'] },
  viewersToken: { role: 'viewer', of: 'aurora', scopes: ['upload', 'activate'] },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly role: CustomerRole | 'admin' | 'none';
      readonly of: string | null;
      readonly scopes?: readonly TokenScope[];
    } | null
  >
>;
type Who = keyof typeof people;
const everybody = Object.keys(people) as Who[];
const targetKinds = ['own', 'foreign', 'missing', 'malformed'] as const;
type TargetKind = (typeof targetKinds)[number];

let server: TestServer;
let documented: Readonly<
  Record<string, Readonly<Record<string, { 'x-access'?: string; 'x-token-scopes'?: readonly string[] }>>>
>;
let targets: Readonly<Record<'own' | 'foreign', ProbeTargets>>;
const tokens = new Map<Who, string | null>();

beforeAll(async () => {
  server = await startTestServer();
  useBundle(new Uint8Array(await readFixture('gab/minimal.gab')));
  documented = (await (await server.client().get('/api/openapi.json')).json()).paths;
  const { customers, projects } = server;
  const places = {
    aurora: { customerId: customers.aurora.id },
    borealis: { customerId: customers.borealis.id },
    desk: { customerId: customers.aurora.id, projectId: projects.desk.id },
    kiosk: { customerId: customers.aurora.id, projectId: projects.kiosk.id },
  };
  for (const who of everybody) {
    const person = people[who];
    if (person === null) {
      tokens.set(who, null);
      continue;
    }
    const place = person.of === null ? { customerId: null } : places[person.of];
    const role = person.role === 'none' ? 'viewer' : person.role;
    const added = await addPerson(server.database.db, {
      name: who,
      email: `${who.toLowerCase()}@x.example`,
      role,
      ...place,
    });
    const token =
      'scopes' in person && (await addToken(server.database.db, { userId: added.id, scopes: person.scopes }));
    tokens.set(who, token || added.token);
  }
  targets = {
    own: await prepare('aurora', projects.desk.uuid),
    foreign: await prepare('borealis', projects.reception.uuid),
  };
});
afterAll(() => server.stop());

async function prepare(customer: 'aurora' | 'borealis', project: string): Promise<ProbeTargets> {
  const ada = server.client(server.people.ada.token);
  const bytes = await readFixture('gab/minimal.gab');
  const upload = () => ada.mustUpload(project, { bytes, audience: 'admin', fields: { activate: 'false' } });
  const { id, uuid } = server.customers[customer];
  return {
    customer: uuid,
    project,
    version: (await upload()).uuid,
    spareVersion: (await upload()).uuid,
    spareProject: (await addProject(server.database.db, id, `Spare of ${customer}`)).uuid,
    person: (customer === 'aurora' ? server.people.dana : server.people.bo).uuid,
  };
}

function targetsOf(kind: TargetKind): ProbeTargets {
  if (kind === 'own' || kind === 'foreign') return targets[kind];
  const made = () => (kind === 'missing' ? randomUUID() : 'not-a-uuid');
  return {
    customer: made(),
    project: made(),
    version: made(),
    spareVersion: made(),
    spareProject: made(),
    person: made(),
  };
}

function send(name: ApiRouteName, who: Who, kind: TargetKind): Promise<Response> {
  const route: RouteDefinition = apiRoutes[name];
  const { params = {}, query, body } = accessProbes[name].request(targetsOf(kind));
  const path = fillPath(route.path, params) + (query ? `?${new URLSearchParams(query)}` : '');
  const headers: Record<string, string> =
    body instanceof Uint8Array ? { 'content-type': 'application/octet-stream' } : {};
  return server.client(tokens.get(who) ?? null).send(route.method, path, { body, headers });
}

/** The caller's memberships, with the names of this test instead of IDs. */
function subjectOf(who: Exclude<Who, 'nobody'>): AccessSubject<string> {
  const person = people[who];
  const { role, of } = person;
  const limits = 'scopes' in person ? { limitedTo: actionsOfScopes(person.scopes) } : {};
  if (role === 'admin' || role === 'none') return { ...limits, isAdmin: role === 'admin', memberships: [] };
  const isProject = of === 'desk' || of === 'kiosk';
  return {
    ...limits,
    isAdmin: false,
    memberships: [{ customer: isProject ? 'aurora' : of, role, project: isProject ? of : null }],
  };
}

/** Where the target of an action is. Nobody is a member of a spare project alone. */
function placeOf(name: ApiRouteName, target: string, kind: 'own' | 'foreign'): AccessPlace<string> {
  const customer = kind === 'own' ? 'aurora' : 'borealis';
  if (target === 'customer') return { customer, project: null };
  const usesSpare = accessProbes[name].request(targets[kind]).params?.project_uuid === targets[kind].spareProject;
  if (usesSpare) return { customer, project: 'spare' };
  return { customer, project: kind === 'own' ? 'desk' : 'reception' };
}

/** Where the target person is a member. */
const personOf = (kind: 'own' | 'foreign') => ({
  isAdmin: false,
  customers: [kind === 'own' ? 'aurora' : 'borealis'],
});

type Expected = 'success' | 400 | 401 | 403 | 404;

/** What the policy says about one request. */
function expected(name: ApiRouteName, who: Who, kind: TargetKind): Expected {
  const { access }: RouteDefinition = apiRoutes[name];
  if (access === 'public') return 'success';
  if (who === 'nobody') return 401;
  const subject = subjectOf(who);
  if (access === 'admin' && !subject.isAdmin) return 403;
  const needed = tokenActionOf(apiRoutes[name]);
  if (subject.limitedTo && (needed === null || !isWithinLimits(subject, needed))) return 403;
  const [target, action] = access.split(':');
  const hasTarget =
    JSON.stringify(accessProbes[name].request(targets.own)) !==
    JSON.stringify(accessProbes[name].request(targets.foreign));
  if (accessProbes[name].isOwn || (access === 'admin' && !hasTarget)) return 'success';
  if (kind === 'malformed') return 400;
  if (kind === 'missing') return 404;
  if (access === 'admin' || target === undefined || action === undefined) return 'success';
  const decision =
    target === 'person'
      ? decideOnPerson(subject, action as AccessAction, personOf(kind))
      : decideAccess(subject, action as AccessAction, placeOf(name, target, kind));
  return decision === 'allow' ? 'success' : decision === 'forbidden' ? 403 : 404;
}

const names = Object.keys(apiRoutes) as ApiRouteName[];
/** Deletes for good, so they run last. */
const ordered = names.toSorted((a, b) => Number(a.includes('Delete')) - Number(b.includes('Delete')));

test('every operation of the OpenAPI document says who may call it, and with which tokens', () => {
  const inDocument = Object.entries(documented).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => `${method} ${path} ${operation['x-access']} ${String(operation['x-token-scopes'])}`,
    ),
  );
  const inTable = names.map((name) => {
    const route: RouteDefinition = apiRoutes[name];
    const scopes = route.access === 'public' ? undefined : scopesAllowing(tokenActionOf(route));
    return `${route.method.toLowerCase()} ${route.path.replaceAll(/:([a-z_]+)/g, '{$1}')} ${route.access} ${String(scopes)}`;
  });
  expect(inDocument.sort()).toEqual(inTable.sort());
});

describe.each(ordered)('%s', (name) => {
  const { success, isOwn, before } = accessProbes[name];
  const kinds: readonly TargetKind[] = isOwn ? ['own'] : targetKinds;
  if (success?.length === 0) {
    test('a request without a session is refused', async () => {
      expect((await send(name, 'nobody', 'own')).status).toBe(401);
    });
    return;
  }
  // A project is deleted for good once, by the administrator.
  const callers = name === 'adminDeleteProject' ? everybody.filter((who) => who !== 'adminToken') : everybody;
  test.each(callers)('as the policy says, for %s', async (who) => {
    const seen: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const kind of kinds) {
      if (before) await (await send(before, 'admin', kind)).body?.cancel();
      const response = await send(name, who, kind);
      // A wrong password is a 403, too, and comes later.
      const isForbidden = response.status === 403 && (await problemOf(response)).code === 'forbidden';
      if (!response.bodyUsed) await response.body?.cancel();
      const succeeded = !isForbidden && (success ? success.includes(response.status) : response.ok);
      seen[kind] = succeeded ? 'success' : response.status;
      wanted[kind] = expected(name, who, kind);
    }
    expect(seen).toEqual(wanted);
  });
});
