import { describe, expect, it } from 'vitest';
import {
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
  until,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runningServer, takeAway } from '../../support/running-server.ts';
import type { TestServer } from '../../support/server.ts';

async function putVersion(server: TestServer, version: number, avatarUuid?: string) {
  const dana = server.client(server.people.dana.token);
  return dana.mustUpload(server.projects.desk.uuid, {
    bytes: buildBundle({ name: 'Mara', version: `${version}.0.0` }),
    fields: { activate: 'false', ...(avatarUuid === undefined ? {} : { lineage_uuid: avatarUuid }) },
  });
}

const pinOf = async (app: RunningApplication, projectUuid: string) =>
  mustBe(await app.library.projects()).find((project) => project.uuid === projectUuid)?.pin ?? null;

describe('a pinned project', () => {
  it('can be previewed offline and after a restart, including versions that were added since', async () => {
    const server = await runningServer();
    const projectUuid = server.projects.desk.uuid;
    const first = await putVersion(server, 1);
    const machine = await newMachine();
    const app = await startApplication(machine, server.url);
    await signIn(app, server.url, server.people.dana);
    expect(await pinOf(app, projectUuid)).toBeNull();
    await app.library.setPinned({ projectUuid, isPinned: true });
    await until(async () => (await pinOf(app, projectUuid))?.state === 'kept');
    // Another size, so that the pin cannot be mistaken for the old one.
    const second = await putVersion(server, 2000, first.lineage_uuid);
    await until(async () => {
      const pin = await pinOf(app, projectUuid);
      return pin?.state === 'kept' && pin.totalBytes === second.file_size;
    });
    await app.stop();
    await takeAway(server);
    const later = await startApplication(machine, server.url);
    await until(async () => (await pinOf(later, projectUuid))?.state === 'kept');
    expect(await pinOf(later, projectUuid)).toMatchObject({ keptBytes: second.file_size });
    const bundle = { kind: 'version', versionUuid: second.uuid } as const;
    const { url } = mustBe(await later.previews.open({ bundle }));
    expect((await later.application.media(url))?.bytes.byteLength).toBe(second.file_size);
    await later.library.setPinned({ projectUuid, isPinned: false });
    expect(await pinOf(later, projectUuid)).toBeNull();
  });

  it('reports that it is waiting while the server is offline', async () => {
    const server = await runningServer();
    await putVersion(server, 1);
    const app = await startApplication(await newMachine(), server.url);
    await signIn(app, server.url, server.people.dana);
    await takeAway(server);
    await app.library.setPinned({ projectUuid: server.projects.desk.uuid, isPinned: true });
    await until(async () => (await pinOf(app, server.projects.desk.uuid))?.state === 'waiting');
    await until(() => app.payloads('library.changed').some(({ projectUuids }) => projectUuids.length === 1));
  });
});
