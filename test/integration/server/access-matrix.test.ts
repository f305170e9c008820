import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillPath, type RouteDefinition } from '../../../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../../../shared/api/routes.ts';
import {
  type AccessAction,
  type AccessPlace,
  type AccessSubject,
  type CustomerRole,
  decideAccess,
  decideOnPerson,
} from '../../../shared/domain/access-policy.ts';
import { accessProbes, type ProbeTargets, useBundle } from '../../support/access-probes.ts';
import { readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, addProject } from '../../support/world.ts';

/** Who sends the requests. `desk` members have access to one project of Aurora only. */
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
} as const satisfies Readonly<
  Record<string, { readonly role: CustomerRole | 'admin' | 'none'; readonly of: string | null } | null>
>;
type Who = keyof typeof people;
const everybody = Object.keys(people) as Who[];
const targetKinds = ['own', 'foreign', 'missing', 'malformed'] as const;
type TargetKind = (typeof targetKinds)[number];

let server: TestServer;
let documented: Readonly<Record<string, Readonly<Record<string, { 'x-access'?: string }>>>>;
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
    tokens.set(who, added.token);
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
  const { role, of } = people[who];
  if (role === 'admin' || role === 'none') return { isAdmin: role === 'admin', memberships: [] };
  const isProject = of === 'desk' || of === 'kiosk';
  return {
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

test('every operation of the OpenAPI document says who may call it, as the route table does', () => {
  const inDocument = Object.entries(documented).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => `${method} ${path} ${operation['x-access']}`),
  );
  const inTable = names.map((name) => {
    const { method, path, access }: RouteDefinition = apiRoutes[name];
    return `${method.toLowerCase()} ${path.replaceAll(/:([a-z_]+)/g, '{$1}')} ${access}`;
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
  test.each(everybody)('as the policy says, for %s', async (who) => {
    const seen: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const kind of kinds) {
      if (before) await (await send(before, 'admin', kind)).body?.cancel();
      const response = await send(name, who, kind);
      await response.body?.cancel();
      const succeeded = success ? success.includes(response.status) : response.ok;
      seen[kind] = succeeded ? 'success' : response.status;
      wanted[kind] = expected(name, who, kind);
    }
    expect(seen).toEqual(wanted);
  });
});
