import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import {
  baseDraft,
  type DraftEntry,
  type Edit,
  editScript,
  mostBytesToSend,
  packDraft,
  runScript,
} from '../../support/edit-scripts.ts';
import { scaledRuns, testSeed as seed } from '../../support/property-runs.ts';
import { type RealUploader, realUploader } from '../../support/real-uploads.ts';
import { runningServer } from '../../support/running-server.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const SCRIPTS = scaledRuns(40);
/**
 * Each script edits the result of the one before; without a limit the bundle would keep growing.
 */
const MAX_DRAFT_ENTRIES = 12;

/** Sends versions of one avatar, one after the other, with the desktop's own code. */
class VersionSender {
  readonly #uploader: RealUploader;
  readonly #place: { readonly path: string; readonly projectUuid: string };
  #avatarUuid: AvatarUuid | null = null;

  constructor(uploader: RealUploader, place: { readonly path: string; readonly projectUuid: string }) {
    this.#uploader = uploader;
    this.#place = place;
  }

  async send(file: Buffer) {
    await writeFile(this.#place.path, file);
    const target = this.#avatarUuid === null ? {} : { avatarUuid: this.#avatarUuid };
    const sent = await this.#uploader.mustSend({ ...this.#place, ...target, sha256: sha256Hex(file) });
    this.#avatarUuid ??= sent.avatar.lineage_uuid;
    return sent;
  }
}

const touchesOnly = (script: readonly Edit[]) => script.every(({ kind }) => kind === 'touch' || kind === 'reorder');

test(`${SCRIPTS} edited bundles sent through client and server come back byte for byte (seed ${seed})`, {
  timeout: 300_000,
}, async () => {
  const server = await runningServer();
  const { dana } = server.people;
  const uploader = realUploader(server.url, dana.token);
  const place = { path: join(await tempFolder(), 'avatar.gab'), projectUuid: server.projects.desk.uuid };
  const sender = new VersionSender(uploader, place);
  await sender.send(packDraft(baseDraft).file);
  let draft: readonly DraftEntry[] = baseDraft;
  await fc.assert(
    fc.asyncProperty(editScript, async (script) => {
      const next = runScript(draft, script);
      const packed = packDraft(next);
      const sent = await sender.send(packed.file);
      const stored = await server.client(dana.token).get(`/api/customer/avatars/${sent.avatar.uuid}/download`);
      expect(Buffer.from(await stored.arrayBuffer()).equals(packed.file)).toBe(true);
      expect(sent.streamBytes).toBeLessThanOrEqual(mostBytesToSend(packDraft(draft), packed));
      if (touchesOnly(script)) expect(sent.streamBytes).toBe(0);
      draft = next.length > MAX_DRAFT_ENTRIES ? baseDraft : next;
    }),
    // Each script builds on the ones before, so nothing can be shrunk.
    { seed, numRuns: SCRIPTS, endOnFailure: true },
  );
  await uploader.close();
});
