import type { ProjectView } from '../../shared/contract/library.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import {
  type Machine,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  until,
} from './application.ts';
import { runningServer } from './running-server.ts';
import type { TestServer } from './server.ts';
import { putVersions } from './stored-versions.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import type { TestPerson } from './world.ts';

export interface Office {
  readonly server: TestServer;
  readonly wire: TcpProxy;
  readonly machine: Machine;
  readonly app: RunningApplication;
  readonly projectUuid: string;
  /** Of Mara's versions, oldest first. */
  readonly uuids: readonly VersionUuid[];
}

/** Polls often, so that a client notices soon that its connection is back. */
export const OFFICE_POLL_MS = 200;

/** Dana at a machine whose wire can be cut; Mara has two versions, the second one live. */
export async function openOffice(): Promise<Office> {
  const server = await runningServer();
  const uuids = await putVersions(server, 2, true);
  const wire = await startTcpProxy(() => server.url);
  const machine = await newMachine();
  const app = await startApplication(machine, wire.url, OFFICE_POLL_MS);
  await signIn(app, wire.url, server.people.dana);
  return { server, wire, machine, app, projectUuid: server.projects.desk.uuid, uuids };
}

/** Somebody else, at a machine whose wire is never cut. */
export async function colleague(server: TestServer, person: TestPerson): Promise<RunningApplication> {
  const app = await startApplication(await newMachine(), server.url, OFFICE_POLL_MS);
  await signIn(app, server.url, person);
  return app;
}

export async function goOffline({ wire, app }: Pick<Office, 'wire' | 'app'>): Promise<void> {
  wire.cut();
  await until(async () => (await app.session.get()).connection === 'offline');
}

export async function shownProject(app: RunningApplication, uuid: string): Promise<ProjectView | undefined> {
  return mustBe(await app.library.projects()).find((one) => one.uuid === uuid);
}
