import { describe, expect, test } from 'vitest';
import { argumentsWithoutNames, electronStart, namesToOpen } from '../../../../main/platform/start-arguments.ts';

function packed(...args: readonly string[]): readonly string[] {
  return namesToOpen(electronStart(['/opt/Gabinet/gabinet', ...args], 'linux', false));
}

function fromFolder(...args: readonly string[]): readonly string[] {
  return namesToOpen(electronStart(['/usr/bin/electron', ...args], 'linux', true));
}

function onWindows(...args: readonly string[]): readonly string[] {
  return namesToOpen(electronStart(['C:\\Gabinet\\Gabinet.exe', ...args], 'win32', false));
}

describe('the arguments that name something to open', () => {
  test('are all that are not switches, in order', () => {
    expect(packed('a.gab', '--no-sandbox', '--user-data-dir=/x y', 'b.gab', '-psn_0_1')).toEqual(['a.gab', 'b.gab']);
    expect(packed()).toEqual([]);
    expect(packed('')).toEqual([]);
  });

  test('include everything after --', () => {
    expect(packed('--', '--odd.gab', '-', '--')).toEqual(['--odd.gab', '-', '--']);
    expect(packed('a.gab', '--', 'b.gab')).toEqual(['a.gab', 'b.gab']);
  });

  test('begin after the folder under `electron .`', () => {
    expect(fromFolder('.', 'a.gab')).toEqual(['a.gab']);
    expect(fromFolder('--no-sandbox', '--inspect=0', '/project', 'a.gab')).toEqual(['a.gab']);
    expect(fromFolder('.')).toEqual([]);
  });

  test('are not switches of Windows', () => {
    expect(onWindows('/prefetch:5', 'C:\\a.gab', '\\\\desk-7\\share\\b.gab', '//desk-7/share/c.gab')).toEqual([
      'C:\\a.gab',
      '\\\\desk-7\\share\\b.gab',
      '//desk-7/share/c.gab',
    ]);
    expect(packed('/prefetch:5')).toEqual(['/prefetch:5']);
  });
});

test('a restart keeps the switches and the folder of the application, and opens nothing again', () => {
  const kept = (argv: readonly string[], isFolder: boolean) =>
    argumentsWithoutNames(electronStart(['gabinet', ...argv], 'linux', isFolder));
  expect(kept(['--no-sandbox', '/x/mara.gab', '--', 'gabinet://avatar/1'], false)).toEqual(['--no-sandbox']);
  expect(kept(['.', '--inspect', '/x/mara.gab'], true)).toEqual(['.', '--inspect']);
});
