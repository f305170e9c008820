import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endWithoutLock, explainStart } from '../../../main/app/explain-start.ts';
import { UserFolderError } from '../../../main/platform/user-folder-error.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function fakes(folder: string) {
  const boxes: string[][] = [];
  const exits: (number | undefined)[] = [];
  const dialog = { showErrorBox: (...texts: string[]) => void boxes.push(texts) };
  const app = { getPath: () => folder, exit: (code?: number) => void exits.push(code) };
  return { boxes, exits, dialog, app };
}

describe('explainStart', () => {
  it('says why the user data folder cannot be used', () => {
    const { boxes, dialog } = fakes('/x');
    explainStart(dialog, new UserFolderError('The disk is full.'), '/x/gabinet.log');
    expect(boxes).toEqual([["Gabinet can't start", 'The disk is full.']]);
  });

  it('says of any other error where the log is, and none of its code', () => {
    const { boxes, dialog } = fakes('/x');
    explainStart(dialog, new TypeError('x is undefined'), '/x/gabinet.log');
    explainStart(dialog, new TypeError('x is undefined'), null);
    expect(boxes.map(([, text]) => text)).toEqual([
      'An error occurred that Gabinet did not expect. The log may say why: /x/gabinet.log',
      'An error occurred that Gabinet did not expect.',
    ]);
  });
});

describe('endWithoutLock', () => {
  it('ends quietly if another application has the folder', async () => {
    const { boxes, exits, app, dialog } = fakes(await tempFolder());
    endWithoutLock(app, dialog);
    expect([boxes, exits]).toEqual([[], [0]]);
  });

  it('says why if the folder cannot be written to', async () => {
    const folder = join(await tempFolder(), 'a file');
    await writeFile(folder, '');
    const { boxes, exits, app, dialog } = fakes(join(folder, 'data'));
    endWithoutLock(app, dialog);
    expect(boxes[0]?.[1]).toContain('a file is where a folder should be (ENOTDIR)');
    expect(exits).toEqual([1]);
  });
});
