import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Inbox } from '../../../../main/opening/inbox.ts';
import type { ReceivedFile } from '../../../../main/staging/received-file.ts';
import type { OpenedView } from '../../../../shared/contract/opening.ts';
import { recordingLog } from '../../../support/shells/fake-application.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const PROJECT = '7d0c1f5e-58d3-4c0e-9a55-4f6f1d7b2a10';

let folder: string;
let inbox: Inbox;
let announced: OpenedView[];
let log: ReturnType<typeof recordingLog>;

beforeEach(async () => {
  folder = await tempFolder();
  announced = [];
  log = recordingLog();
  inbox = new Inbox(log, (opened) => announced.push(opened));
});

async function put(...names: readonly string[]): Promise<void> {
  for (const name of names) await writeFile(join(folder, name), name);
}

function open(...names: readonly string[]): Promise<void> {
  return inbox.open({ names, workingDirectory: folder });
}

const namesIn = ({ files }: OpenedView) => files.map(({ fileName }) => fileName);
const idsIn = ({ files }: OpenedView) => files.map(({ id }) => id);

describe('the inbox of what was opened from the system', () => {
  test('keeps files in order, each once, and announces them', async () => {
    await put('mara.gab', 'otto.gab', 'fay.gab');
    await Promise.all([open('mara.gab', './mara.gab'), open(join(folder, 'otto.gab')), open('fay.gab', 'mara.gab')]);
    expect(namesIn(inbox.view())).toEqual(['mara.gab', 'otto.gab', 'fay.gab']);
    expect(announced.at(-1)).toEqual(inbox.view());
  });

  test('says in a failure what cannot be opened, and logs it', async () => {
    await mkdir(join(folder, 'avatars'));
    await open('gone.gab', 'avatars', 'gabinet://settings', '/dev/null', 'a\0.gab');
    expect(inbox.view()).toEqual({ files: [], link: null, refusalCount: 5 });
    expect(inbox.takeRefusals()).toEqual([
      { name: join(folder, 'gone.gab'), failure: { code: 'no_such_file' } },
      { name: join(folder, 'avatars'), failure: { code: 'is_folder' } },
      { name: null, failure: { code: 'not_a_gabinet_link' } },
      { name: '/dev/null', failure: { code: 'not_a_file' } },
      { name: 'a\0.gab', failure: { code: 'not_a_path' } },
    ]);
    expect(log.lines.find((line) => line.includes('gabinet://settings'))).toContain('not_a_gabinet_link');
    expect(inbox.takeRefusals()).toEqual([]);
  });

  test('hands files over once, with size and time of now', async () => {
    await put('mara.gab', 'otto.gab');
    await open('mara.gab', 'otto.gab');
    await writeFile(join(folder, 'mara.gab'), 'twice as long');
    const ids = idsIn(inbox.view());
    const staged: ReceivedFile[] = [];
    const stage = async (files: readonly ReceivedFile[]) => void staged.push(...files);
    await Promise.all([inbox.handOver(ids, stage), inbox.handOver(ids, stage)]);
    const expected = [];
    for (const [fileName, sizeBytes] of [
      ['mara.gab', 13],
      ['otto.gab', 8],
    ] as const) {
      const path = join(folder, fileName);
      const modifiedAtMs = (await stat(path)).mtimeMs;
      expected.push({ path, fileName, sizeBytes, isTemporary: false, modifiedAtMs });
    }
    expect(staged).toEqual(expected);
    expect(inbox.view().files).toEqual([]);
  });

  test('refuses a file that was deleted before its project was chosen', async () => {
    await put('mara.gab');
    await open('mara.gab');
    await rm(join(folder, 'mara.gab'));
    await inbox.handOver(idsIn(inbox.view()), () => Promise.reject(new Error('nothing to stage')));
    expect(inbox.takeRefusals()).toMatchObject([{ failure: { code: 'no_such_file' } }]);
  });

  test('keeps the files if they could not be added', async () => {
    await put('mara.gab');
    await open('mara.gab');
    const added = inbox.handOver(idsIn(inbox.view()), () => Promise.reject(new Error('the library is closed')));
    await expect(added).rejects.toThrow('the library is closed');
    expect(namesIn(inbox.view())).toEqual(['mara.gab']);
  });

  test('forgets discarded files; opening one again brings it back', async () => {
    await put('mara.gab', 'otto.gab');
    await open('mara.gab', 'otto.gab');
    inbox.discard(idsIn(inbox.view()).slice(0, 1));
    expect(namesIn(inbox.view())).toEqual(['otto.gab']);
    await open('mara.gab');
    expect(namesIn(inbox.view())).toEqual(['otto.gab', 'mara.gab']);
  });

  test('gives out the last link, once', async () => {
    const other = PROJECT.replace('7', '8');
    await open(`gabinet://project/${other}`, `gabinet://project/${PROJECT}`);
    expect(inbox.view().link).toEqual({ projectUuid: PROJECT, avatarUuid: null });
    expect(inbox.takeLink()).toEqual({ projectUuid: PROJECT, avatarUuid: null });
    expect(inbox.takeLink()).toBeNull();
    expect(announced.at(-1)?.link).toBeNull();
  });
});
