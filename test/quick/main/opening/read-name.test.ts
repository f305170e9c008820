import { describe, expect, test } from 'vitest';
import { readName } from '../../../../main/opening/read-name.ts';

const PROJECT = '7d0c1f5e-58d3-4c0e-9a55-4f6f1d7b2a10';
const onLinux = (name: string) => readName(name, '/home/ada/work', 'linux');
const onWindows = (name: string, folder = 'C:\\Users\\ada') => readName(name, folder, 'win32');
const refused = (code: string) => ({ kind: 'refused', failure: { code } });

describe('a name that the system asks to open', () => {
  test('is a path, relative to the folder of the program that was started', () => {
    expect(onLinux('mara.gab')).toEqual({ kind: 'file', path: '/home/ada/work/mara.gab' });
    expect(onLinux('../mara.gab')).toEqual({ kind: 'file', path: '/home/ada/mara.gab' });
    expect(onLinux('/srv/mara.gab')).toEqual({ kind: 'file', path: '/srv/mara.gab' });
    expect(onWindows('mara.gab')).toEqual({ kind: 'file', path: 'C:\\Users\\ada\\mara.gab' });
    expect(onWindows('D:/in/mara.gab')).toEqual({ kind: 'file', path: 'D:\\in\\mara.gab' });
  });

  test('is a file: address, as file managers of Linux pass it', () => {
    expect(onLinux('file:///home/ada/M%C3%A4ra%20%231.gab')).toEqual({ kind: 'file', path: '/home/ada/Mära #1.gab' });
    expect(onWindows('file:///C:/in/mara.gab')).toEqual({ kind: 'file', path: 'C:\\in\\mara.gab' });
    for (const bad of ['file://desk-7/mara.gab', 'file:///a%2Fb.gab', 'file:///a%00.gab', 'FILE:']) {
      expect(onLinux(bad), bad).toMatchObject({ kind: bad === 'FILE:' ? 'file' : 'refused' });
    }
  });

  test('is refused if no system has such a path', () => {
    expect(onLinux('a\0b.gab')).toEqual(refused('not_a_path'));
    expect(onLinux('a'.repeat(40_000))).toEqual(refused('not_a_path'));
  });

  test('is refused unseen if it leads to another computer or to a device', () => {
    for (const path of ['\\\\desk-7\\share\\a.gab', '//desk-7/share/a.gab', '\\\\?\\C:\\a.gab', '\\\\.\\pipe\\x']) {
      expect(onWindows(path), path).toEqual(refused('network_path'));
    }
    expect(onWindows('file://desk-7/share/a.gab')).toEqual(refused('network_path'));
    expect(onWindows('a.gab', '\\\\desk-7\\share')).toEqual(refused('network_path'));
    expect(onWindows('\\a.gab', '\\\\desk-7\\share\\folder')).toEqual(refused('network_path'));
    expect(onLinux('//srv/a.gab')).toEqual({ kind: 'file', path: '/srv/a.gab' });
  });

  test('is a link', () => {
    const target = { projectUuid: PROJECT, avatarUuid: null };
    expect(onLinux(`gabinet://project/${PROJECT}`)).toEqual({ kind: 'link', target });
    expect(onLinux('gabinet://settings')).toEqual(refused('not_a_gabinet_link'));
  });
});
