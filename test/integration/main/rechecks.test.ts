import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { recheckVersions } from '../../../server/features/recheck/recheck-versions.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import {
  chosenFile,
  drop,
  mustBe,
  newMachine,
  type RunningApplication,
  signIn,
  startApplication,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { withEntry } from '../../support/bundle-cases/broken-bundles.ts';
import { runningServer } from '../../support/running-server.ts';
import type { TestServer } from '../../support/server.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** As if older rules had accepted a bundle whose portrait is damaged. */
async function storeDamaged({ dataDir, database }: TestServer, uuid: VersionUuid): Promise<void> {
  const bytes = withEntry(3, { both: { crc32: 1 } });
  const path = join(dataDir, 'uploads', 'avatars', `${uuid}.gab`);
  await rm(path);
  await writeFile(path, bytes);
  const row = { checkRules: 0, sha256: sha256Hex(bytes), fileSize: bytes.byteLength };
  await database.db.update(avatars).set(row).where(eq(avatars.uuid, uuid));
}

const versionIn = async (app: RunningApplication, projectUuid: string) =>
  mustBe(await app.library.avatars({ projectUuid }))[0]?.versions[0];
const projectIn = async (app: RunningApplication, projectUuid: string) =>
  mustBe(await app.library.projects()).find(({ uuid }) => uuid === projectUuid);

it('what newer rules have found arrives by sync, leaves live what is live, and is shown until it is dismissed', async () => {
  const server = await runningServer();
  const projectUuid = server.projects.desk.uuid;
  const { uuid } = await server
    .client(server.people.dana.token)
    .mustUpload(projectUuid, { bytes: buildBundle({ name: 'Mara' }) });
  const machine = await newMachine();
  const app = await startApplication(machine, server.url);
  await signIn(app, server.url, server.people.dana);
  expect(await versionIn(app, projectUuid)).toMatchObject({ verdict: 'valid', isActive: true, recheck: null });

  await storeDamaged(server, uuid);
  await recheckVersions(server.app.context, { afterId: 0 });
  mustBe(await app.library.refresh());
  const version = await versionIn(app, projectUuid);
  expect(version).toMatchObject({
    verdict: 'invalid',
    activatable: false,
    isActive: true,
    issues: [{ code: 'GAB_E_CRC' }],
    recheck: { uploadVerdict: 'valid', uploadActivatable: true },
  });
  expect(await projectIn(app, projectUuid)).toMatchObject({
    active: { versionUuid: uuid },
    rechecksDismissedUntil: null,
  });

  const until = version?.recheck?.at ?? '';
  mustBe(await app.library.dismissRechecks({ projectUuid, until }));
  expect(app.payloads('library.changed').at(-1)).toEqual({ projectUuids: [projectUuid] });
  await app.stop();
  const again = await startApplication(machine, server.url);
  expect(await projectIn(again, projectUuid)).toMatchObject({ rechecksDismissedUntil: until });
});

it('what the preview could not draw follows a staged file to its version, unless the file was saved again', async () => {
  const server = await runningServer();
  const projectUuid = server.projects.desk.uuid;
  const app = await startApplication(await newMachine(), server.url);
  await signIn(app, server.url, server.people.dana);
  const bytes = buildBundle({ name: 'Mara' });
  const path = join(await tempFolder(), 'mara.gab');
  await writeFile(path, bytes);
  const [file] = await drop(app, projectUuid, [chosenFile(path)]);
  const bundle = { kind: 'staged', stageId: file?.stageId ?? '' } as const;
  const staged = async () => mustBe(await app.uploads.staged({ projectUuid }))[0]?.drawingFailure;
  const failure = { code: 'damaged', detail: 'portrait/face.png cannot be decoded' } as const;

  await writeFile(path, (await readFile(path)).fill(0));
  mustBe(await app.previews.report({ bundle, failure }));
  expect(await staged()).toBeNull();
  await writeFile(path, bytes);
  mustBe(await app.previews.report({ bundle, failure }));
  expect(await staged()).toEqual(failure);

  await server.client(server.people.dana.token).mustUpload(projectUuid, { bytes });
  mustBe(await app.library.refresh());
  expect(await versionIn(app, projectUuid)).toMatchObject({ activatable: true, drawingFailure: failure });
  mustBe(await app.previews.report({ bundle, failure: null }));
  expect(await versionIn(app, projectUuid)).toMatchObject({ drawingFailure: null });
});
