import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import { problemOf, readFixture } from '../../support/api-client.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { uploadDesk } from '../../support/upload-desk.ts';
import type { TestProject } from '../../support/world.ts';

let server: TestServer;
let bundle: Buffer;

beforeAll(async () => {
  server = await startTestServer();
  bundle = await readFixture('gab/portrait-2d.gab');
});
afterAll(() => server.stop());

const { dana, newProject, rowsOf, filesIn } = uploadDesk(() => server);

/** Checks that a failed upload has changed nothing. */
async function expectNothingStored(project: TestProject, before: readonly string[]) {
  expect(await rowsOf(project)).toEqual([]);
  expect(await filesIn('uploads/avatars')).toEqual(before);
  await vi.waitFor(async () => expect(await filesIn('incoming')).toEqual([]), 30_000);
}

describe('a new avatar', () => {
  test('takes name, tags and description from the manifest', async () => {
    const project = await newProject();
    const avatar = await dana().mustUpload(project.uuid, {
      bytes: await readFixture('gab/kaykit-mage.gab'),
      fileName: 'export-17.gab',
    });
    expect(avatar).toMatchObject({
      name: 'Mage',
      tags: ['stylised', 'fantasy'],
      description: 'Stylised low-poly mage with 76 animation clips.',
      manifest_id: 'urn:uuid:5b1c8b0a-6f0e-4c57-9a44-0d2f7f8e1a03',
      body_type: 'model3d',
      container: 'gab',
      activatable: true,
      version: 1,
      created_by_name: 'Dana',
    });
  });

  test('takes them from the form instead, wherever the fields are in the form', async () => {
    const project = await newProject();
    const form = new FormData();
    form.append('tags', 'formal, evening');
    form.append('file', new Blob([new Uint8Array(bundle)]), 'robin.gab');
    form.append('name', 'Mara');
    form.append('description', 'After the file.');
    form.append('activate', 'false');
    const response = await dana().send('POST', `/api/customer/projects/${project.uuid}/avatars`, { body: form });
    expect(await response.json()).toMatchObject({
      name: 'Mara',
      tags: ['formal', 'evening'],
      description: 'After the file.',
      is_active: false,
      activation: 'not_requested',
    });
  });

  test('is named after its file if nothing else names it', async () => {
    const project = await newProject();
    const avatar = await dana().mustUpload(project.uuid, {
      bytes: Buffer.from('no bundle'),
      fileName: 'Zoë "白い".gab',
    });
    expect(avatar).toMatchObject({
      name: 'Zoë "白い"',
      original_filename: 'Zoë "白い".gab',
      tags: [],
      description: '',
    });
  });

  test.each([
    ['browsers', 'Zoë %22白い%22.gab', 'Zoë "白い".gab'],
    ['curl', 'Zoë \\"白い\\".gab', 'Zoë "白い".gab'],
    ['a hostile client', '../../../etc/cron.d/x.gab', 'x.gab'],
  ])('has the original file name as sent by %s', async (_who, sent, kept) => {
    const project = await newProject();
    const body = Buffer.concat([
      Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="file"; filename="${sent}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      bundle,
      Buffer.from('\r\n--b--\r\n'),
    ]);
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const response = await dana().send('POST', `/api/customer/projects/${project.uuid}/avatars`, {
      body: new Uint8Array(body),
      headers,
    });
    expect(await response.json()).toMatchObject({ original_filename: kept });
  });
});

describe('a new version', () => {
  test('has the next number and a separate description, and shares name and tags with all versions', async () => {
    const project = await newProject();
    const first = await dana().mustUpload(project.uuid, {
      bytes: bundle,
      fields: { name: 'Robin', description: 'As it began.' },
    });
    const second = await dana().mustUpload(project.uuid, {
      bytes: bundle,
      fields: { lineage_uuid: first.lineage_uuid },
    });
    expect(second).toMatchObject({ version: 2, name: 'Robin', description: '', is_active: true });
    const fields = { lineage_uuid: first.lineage_uuid, name: 'Robin II', tags: ['new'], description: 'Changed.' };
    const third = await dana().mustUpload(project.uuid, { bytes: bundle, fields });
    expect(third).toMatchObject({ version: 3, name: 'Robin II', tags: ['new'], description: 'Changed.' });
    const listed = await (await dana().get(`/api/customer/projects/${project.uuid}/avatars?sort=oldest`)).json();
    expect(listed.avatars).toMatchObject([
      { version: 1, name: 'Robin II', tags: ['new'], description: 'As it began.', is_active: false },
      { version: 2, name: 'Robin II', tags: ['new'], description: '', is_active: false },
      { version: 3, name: 'Robin II', tags: ['new'], description: 'Changed.', is_active: true },
    ]);
  });

  test('may have the same bytes as an earlier one', async () => {
    const project = await newProject();
    const first = await dana().mustUpload(project.uuid, { bytes: bundle });
    const second = await dana().mustUpload(project.uuid, { bytes: bundle });
    expect(second.sha256).toBe(first.sha256);
    expect(second.lineage_uuid).not.toBe(first.lineage_uuid);
  });

  test('gets a unique number without gaps when twelve are uploaded at once, and exactly one is active', async () => {
    const project = await newProject();
    const first = await dana().mustUpload(project.uuid, { bytes: bundle });
    await Promise.all(
      Array.from({ length: 12 }, () =>
        dana().mustUpload(project.uuid, { bytes: bundle, fields: { lineage_uuid: first.lineage_uuid } }),
      ),
    );
    const rows = await rowsOf(project);
    expect(rows.map(({ version }) => version).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 13 }, (_, at) => at + 1),
    );
    expect(rows.filter(({ isActive }) => isActive)).toHaveLength(1);
  });
});

describe('a file that cannot be activated', () => {
  test('is stored, and the active version stays active', async () => {
    const project = await newProject();
    const active = await dana().mustUpload(project.uuid, { bytes: bundle });
    const opaque = await dana().mustUpload(project.uuid, { bytes: Buffer.from('no bundle') });
    expect(opaque).toMatchObject({
      activation: 'not_activatable',
      is_active: false,
      activatable: false,
      verdict: 'opaque',
    });
    expect(opaque.issues.map(({ code }) => code)).toContain('GAB_W_OPAQUE');
    const state = await (await dana().get(`/api/customer/projects/${project.uuid}`)).json();
    expect(state.active_avatar.uuid).toBe(active.uuid);
  });
});

describe('an upload fails', () => {
  test('for a broken bundle, with all findings, and nothing is stored', async () => {
    const project = await newProject();
    const before = await filesIn('uploads/avatars');
    const response = await dana().upload(project.uuid, { bytes: await readFixture('hostile/crc-wrong.gab') });
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 422, code: 'bundle_invalid' });
    expect(problem.issues?.map(({ code }) => code)).toContain('GAB_E_CRC');
    await expectNothingStored(project, before);
  });

  test('for an opaque file if the policy is strict', async () => {
    const strict = await startTestServer({ gabPolicy: 'strict' });
    try {
      const client = strict.client(strict.people.dana.token);
      const response = await client.upload(strict.projects.desk.uuid, { bytes: Buffer.from('no bundle') });
      expect(await problemOf(response)).toMatchObject({ code: 'bundle_invalid', issues: [{ code: 'GAB_E_OPAQUE' }] });
    } finally {
      await strict.stop();
    }
  });

  test('for a file one byte above the limit', async () => {
    const project = await newProject();
    const before = await filesIn('uploads/avatars');
    const response = await dana().upload(project.uuid, { bytes: Buffer.alloc(MAX_BUNDLE_BYTES + 1, 1) });
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'file_too_large' });
    await expectNothingStored(project, before);
  });

  test('for a file that announces too large a size, before it is read', async () => {
    const project = await newProject();
    const response = await dana().upload(project.uuid, { bytes: Buffer.alloc(MAX_BUNDLE_BYTES + 2 * MIB, 1) });
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'file_too_large' });
    expect(await rowsOf(project)).toEqual([]);
  });

  test('for an endless stream, and the client can read why', async () => {
    const project = await newProject();
    const before = await filesIn('uploads/avatars');
    const answer = await uploadEndlessly(project);
    expect(answer).toMatchObject({ status: 413, body: { code: 'file_too_large' } });
    await expectNothingStored(project, before);
  });

  test('for JSON instead of a form', async () => {
    const project = await newProject();
    const response = await dana().send('POST', `/api/customer/projects/${project.uuid}/avatars`, {
      body: { file: 'x' },
    });
    expect(await problemOf(response)).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  test.each([
    ['without a file', '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nx\r\n--b--\r\n', 'file_missing'],
    [
      'that ends in the middle of the file',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.gab"\r\n\r\nhalf',
      'upload_incomplete',
    ],
    ['that is empty', '', 'file_missing'],
  ])('for a form %s', async (_what, body, code) => {
    const project = await newProject();
    const before = await filesIn('uploads/avatars');
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const response = await dana().send('POST', `/api/customer/projects/${project.uuid}/avatars`, {
      body: new Uint8Array(Buffer.from(body)),
      headers,
    });
    expect(await problemOf(response)).toMatchObject({ code });
    await expectNothingStored(project, before);
  });

  test('for a form without a boundary', async () => {
    const project = await newProject();
    const headers = { 'content-type': 'multipart/form-data' };
    const response = await dana().send('POST', `/api/customer/projects/${project.uuid}/avatars`, {
      body: new Uint8Array(3),
      headers,
    });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  test.each([
    ['name', 'x'.repeat(81)],
    ['tags', 'x'.repeat(33)],
    ['description', 'x'.repeat(2001)],
    ['activate', 'yes'],
    ['lineage_uuid', 'abc'],
  ])('for an invalid value of the field %s', async (name, value) => {
    const project = await newProject();
    const response = await dana().upload(project.uuid, { bytes: bundle, fields: { [name]: value } });
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(problem.errors?.[0]?.where).toMatch(new RegExp(`^form\\.${name}`));
  });
});

/** Sends an endless file as fast as the server reads it, until a response arrives. */
function uploadEndlessly(project: TestProject): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${server.url}/api/customer/projects/${project.uuid}/avatars`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.people.dana.token}`,
        'content-type': 'multipart/form-data; boundary=b',
      },
    });
    const state = { isAnswered: false };
    const block = Buffer.alloc(MIB, 1);
    const pump = () => {
      while (!state.isAnswered && request.write(block));
    };
    request.on('drain', pump);
    request.on('error', (error) => {
      if (!state.isAnswered) reject(error);
    });
    request.on('response', (response) => {
      state.isAnswered = true;
      const blocks: Buffer[] = [];
      response.on('data', (data: Buffer) => blocks.push(data));
      response.on('end', () => {
        request.destroy();
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(blocks).toString()) });
      });
    });
    request.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.gab"\r\n\r\n');
    pump();
  });
}

describe('a connection that is cut', () => {
  test('leaves nothing behind, not even a receipt', async () => {
    const project = await newProject();
    const before = await filesIn('uploads/avatars');
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const head = [
      `POST /api/customer/projects/${project.uuid}/avatars HTTP/1.1`,
      'Host: 127.0.0.1',
      `Authorization: Bearer ${server.people.dana.token}`,
      'Idempotency-Key: cut-in-half',
      'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 10000000',
      '',
      '--b',
      'Content-Disposition: form-data; name="file"; filename="a.gab"',
      '',
      '',
    ].join('\r\n');
    socket.write(head);
    socket.write(Buffer.alloc(3 * MIB, 1));
    await vi.waitFor(async () => {
      const receipt = await dana().get('/api/customer/uploads/cut-in-half');
      expect(receipt.status).toBe(200);
      expect((await receipt.json()).received_bytes).toBeGreaterThan(0);
    }, 30_000);
    expect(await filesIn('incoming')).toHaveLength(1);
    socket.destroy();
    await expectNothingStored(project, before);
    await vi.waitFor(
      async () => expect((await dana().get('/api/customer/uploads/cut-in-half')).status).toBe(404),
      5000,
    );
  });
});

test('every sample bundle can be uploaded and has a thumbnail', async () => {
  const project = await newProject();
  for (const name of ['kaykit-mage', 'mage-vrm', 'minimal', 'portrait-2d', 'robot-expressive']) {
    const bytes = await readFixture(`gab/${name}.gab`);
    const avatar = await dana().mustUpload(project.uuid, { bytes, fileName: `${name}.gab` });
    expect(avatar).toMatchObject({ container: 'gab', activatable: true, thumbnail_url: expect.any(String) });
    expect(avatar.sha256).toBe(sha256Hex(bytes));
  }
});
