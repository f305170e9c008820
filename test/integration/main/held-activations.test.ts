import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import {
  chosenFile,
  drop,
  mustBe,
  newMachine,
  offeredTarget,
  type RunningApplication,
  signIn,
  startApplication,
  transfersIn,
  until,
} from '../../support/application.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runningServer } from '../../support/running-server.ts';
import { makeGlb, OCULUS_MORPHS } from '../../support/sample-assets.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const BROKEN_MORPHS = OCULUS_MORPHS.map((morph) => `Head_${morph}`);

function bundleWith(morphs: readonly string[], version: string): Buffer {
  const model = { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content: makeGlb({ morphs }) };
  return buildBundle({ version, assets: [model], manifest: { body: { type: 'model3d', main: 'body' } } });
}

/** Dana's project with a live first version of an avatar. */
async function liveProject() {
  const server = await runningServer();
  const projectUuid = server.projects.desk.uuid;
  const client = server.client(server.people.dana.token);
  const live = await client.mustUpload(projectUuid, { bytes: bundleWith(OCULUS_MORPHS, '1.0.0') });
  const machine = await newMachine();
  const start = () => startApplication(machine, server.url);
  const app = await start();
  await signIn(app, server.url, server.people.dana);
  return { server, client, projectUuid, live, start, app, folder: await tempFolder() };
}

type Setting = Awaited<ReturnType<typeof liveProject>>;

/** Uploads the next version to be live. `over`: the live version with which it was compared. */
async function uploadLive({ app, projectUuid, folder }: Setting, bytes: Buffer, over?: VersionUuid) {
  const path = join(folder, 'next.gab');
  await writeFile(path, bytes);
  const [file] = await drop(app, projectUuid, [chosenFile(path)]);
  if (file === undefined) throw new Error('one file was dropped');
  const item = { stageId: file.stageId, target: offeredTarget(file), activate: true };
  mustBe(await app.uploads.confirm({ projectUuid, items: [{ ...item, ...(over && { activateOver: over }) }] }));
  const [transfer] = await transfersIn(app, 'done');
  if (!transfer?.versionUuid) throw new Error('it is done');
  return { ...transfer, versionUuid: transfer.versionUuid };
}

const liveIn = async (app: RunningApplication, projectUuid: string) =>
  mustBe(await app.library.projects()).find(({ uuid }) => uuid === projectUuid)?.active?.versionUuid;

const heldIn = async (app: RunningApplication) => mustBe(await app.uploads.held());

describe('an upload that was not compared with the live version', () => {
  it('goes live automatically once it has been compared and breaks nothing', async () => {
    const at = await liveProject();
    const { versionUuid, activation } = await uploadLive(at, bundleWith(OCULUS_MORPHS, '2.0.0'));
    expect(activation).toBe('active_changed');
    await until(async () => (await liveIn(at.app, at.projectUuid)) === versionUuid);
    expect(await heldIn(at.app)).toEqual([]);
    const isOnServer = async () => {
      const [stored] = (
        await at.server.database.pool.query('select is_active from avatars where uuid = $1', [versionUuid])
      ).rows;
      return stored.is_active;
    };
    await until(isOnServer);
  });

  it('never goes live without an answer if it breaks something, also after a restart', async () => {
    const at = await liveProject();
    const { versionUuid } = await uploadLive(at, bundleWith(BROKEN_MORPHS, '2.0.0'));
    const asked = { versionUuid, projectUuid: at.projectUuid, needsAnswer: true };
    await until(async () => (await heldIn(at.app))[0]?.needsAnswer);
    await at.app.transfers.clearEnded();
    await at.app.stop();
    const again = await at.start();
    await until(async () => (await heldIn(again))[0]?.needsAnswer);
    expect(await heldIn(again)).toEqual([asked]);
    expect(await liveIn(again, at.projectUuid)).toBe(at.live.uuid);
    mustBe(await again.uploads.answerHeld({ versionUuid, activate: true }));
    expect(await liveIn(again, at.projectUuid)).toBe(versionUuid);
    expect(await heldIn(again)).toEqual([]);
  });

  it('stays as it is if the answer is no', async () => {
    const at = await liveProject();
    const { versionUuid } = await uploadLive(at, bundleWith(BROKEN_MORPHS, '2.0.0'));
    await until(async () => (await heldIn(at.app))[0]?.needsAnswer);
    mustBe(await at.app.uploads.answerHeld({ versionUuid, activate: false }));
    expect(await heldIn(at.app)).toEqual([]);
    mustBe(await at.app.library.refresh());
    expect(await liveIn(at.app, at.projectUuid)).toBe(at.live.uuid);
  });
});

describe('an upload that was compared with the live version', () => {
  it('replaces that one without another question', async () => {
    const at = await liveProject();
    const { versionUuid, activation } = await uploadLive(at, bundleWith(BROKEN_MORPHS, '2.0.0'), at.live.uuid);
    expect(activation).toBe('activated');
    expect(await liveIn(at.app, at.projectUuid)).toBe(versionUuid);
  });

  it('is compared again if another version went live in the meantime', async () => {
    const at = await liveProject();
    const other = await at.client.mustUpload(at.projectUuid, {
      bytes: bundleWith([...OCULUS_MORPHS, 'smile'], '1.5.0'),
      fields: { lineage_uuid: at.live.lineage_uuid },
    });
    const { versionUuid } = await uploadLive(at, bundleWith(BROKEN_MORPHS, '2.0.0'), at.live.uuid);
    mustBe(await at.app.library.refresh());
    await until(async () => (await heldIn(at.app))[0]?.needsAnswer);
    expect(await liveIn(at.app, at.projectUuid)).toBe(other.uuid);
    expect((await heldIn(at.app)).map((one) => one.versionUuid)).toEqual([versionUuid]);
  });
});
