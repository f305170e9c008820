import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createBandwidth } from '../../../main/timing/bandwidth.ts';
import { createApiClient } from '../../../node/api-client/api-client.ts';
import { sendUpload } from '../../../node/api-client/send-upload.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { realFileWorkers } from '../../support/real-file-workers.ts';
import { runningServer } from '../../support/running-server.ts';
import { silentLog } from '../../support/silent-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

it('stopping an upload does not wait until its copy is verified, and stores nothing', async () => {
  const server = await runningServer();
  const path = join(await tempFolder(), 'mara.gab');
  await writeFile(path, buildBundle({ name: 'Mara' }));
  const { token } = server.people.dana;
  const api = createApiClient({ serverUrl: server.url, token, log: silentLog, onUnauthenticated: () => undefined });
  const fileWorkers = realFileWorkers();
  onTestFinished(async () => {
    api.close();
    await fileWorkers.close();
  });
  const stopping = new AbortController();
  const row = {
    id: randomUUID(),
    projectUuid: server.projects.desk.uuid,
    fileName: 'mara.gab',
    sha256: '0'.repeat(64),
    copyPath: path,
    avatarUuid: null,
    newName: null,
    newTags: null,
    description: null,
    activate: false,
    activateOver: null,
  };
  let doneBytes = 0;
  const sent = await sendUpload(
    {
      api,
      pace: createBandwidth(null),
      // Many files were dropped: this one's turn never comes.
      fileWorkers: { ...fileWorkers, measure: () => new Promise(() => {}) },
    },
    row,
    {
      signal: stopping.signal,
      progress: (bytes) => {
        doneBytes = bytes;
      },
      traveled: (sentBytes, streamBytes) => {
        if (sentBytes === streamBytes) stopping.abort();
      },
      enter: () => undefined,
    },
  );
  expect(doneBytes).toBeGreaterThan(0);
  expect(sent).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  const versions = await server.database.pool.query('select count(*)::int as n from avatars');
  expect(versions.rows[0].n).toBe(0);
});
