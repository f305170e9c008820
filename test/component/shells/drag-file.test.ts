import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makePng } from '../../support/sample-assets.ts';

vi.mock('electron', () => import('../../../scripts/package/fake-electron.ts'));

const electron = await import('../../../scripts/package/fake-electron.ts');
const { dragFile } = await import('../../../main/app/drag-file.ts');

let window: InstanceType<typeof electron.BrowserWindow>;
const path = '/copies/Mara.gab';

beforeEach(() => {
  window = new electron.BrowserWindow({ webPreferences: {} });
});

afterEach(() => {
  electron.BrowserWindow.only = null;
});

test('a file is dragged with the picture of its avatar', async () => {
  await dragFile({ path, picture: makePng({ width: 8, height: 8 }) });
  expect(window.webContents.drags).toMatchObject([{ file: path, icon: { content: 'a picture, 64 pixels high' } }]);
});

test.each([
  ['without a picture', null],
  ['with a picture that Electron cannot read', new TextEncoder().encode('RIFF....WEBP')],
])('a file %s is dragged with the icon of the system', async (_, picture) => {
  await dragFile({ path, picture });
  expect(window.webContents.drags).toMatchObject([{ file: path, icon: { content: `the icon of ${path}` } }]);
});

test('nothing is dragged without a window', async () => {
  electron.BrowserWindow.only = null;
  await dragFile({ path, picture: null });
  expect(window.webContents.drags).toEqual([]);
});
