import { expect, test } from 'vitest';
import {
  bindingProblem,
  DEFAULT_BINDINGS,
  type KeyPress,
  shortcutFor,
} from '../../../../renderer/stores/settings/shortcut-rules.ts';

const press = (change: Partial<KeyPress>): KeyPress => ({
  key: 'x',
  commandKey: false,
  altKey: false,
  shiftKey: false,
  isTyping: false,
  ...change,
});

test.each([
  [{ key: 'Enter', commandKey: true }, 'activate'],
  [{ key: 'V' }, 'versions'],
  [{ key: 'u' }, 'upload'],
  [{ key: 'Delete' }, 'trash'],
  [{ key: 'Escape' }, 'close'],
  [{ key: '?', shiftKey: true }, 'help'],
  [{ key: '?', isTyping: true }, null],
  [{ key: ' ' }, 'preview'],
  // Space activates the focused control, and types a space in a field.
  [{ key: ' ', isOnControl: true }, null],
  [{ key: ' ', isTyping: true }, null],
  [{ key: 'v', isOnControl: true }, 'versions'],
  [{ key: 'k', commandKey: true }, 'palette'],
  [{ key: 'f', commandKey: true }, 'search'],
  [{ key: 'z', commandKey: true }, 'undo'],
  // Letters with a modifier belong to the platform: Ctrl A selects, Shift A is a letter.
  [{ key: 'a', commandKey: true }, null],
  [{ key: 'a', shiftKey: true }, null],
  [{ key: 'u', altKey: true }, null],
  // In a field letters are text and Ctrl Z undoes typing; the palette and the search still open.
  [{ key: 'v', isTyping: true }, null],
  [{ key: 'Delete', isTyping: true }, null],
  [{ key: 'z', commandKey: true, isTyping: true }, null],
  [{ key: 'Enter', commandKey: true, isTyping: true }, null],
  [{ key: 'k', commandKey: true, isTyping: true }, 'palette'],
  [{ key: 's', commandKey: true, isTyping: true }, 'save'],
  [{ key: 'Escape', isTyping: true }, 'close'],
] as const)('the key press %j triggers the shortcut %j', (change, shortcut) => {
  expect(shortcutFor(press(change))).toBe(shortcut);
});

test('no single key makes an avatar live', () => {
  const keys = [...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)), 'Enter', 'Tab', 'Delete'];
  expect(keys.filter((key) => shortcutFor(press({ key })) === 'activate')).toEqual([]);
});

test('changed keys take the place of the usual ones', () => {
  const bindings = { ...DEFAULT_BINDINGS, compare: { key: 'd', withCommand: true } };
  expect(shortcutFor(press({ key: 'd', commandKey: true }), bindings)).toBe('compare');
  expect(shortcutFor(press({ key: 'c' }), bindings)).toBeNull();
});

test.each([
  ['activate', { key: 'a', withCommand: false }, { code: 'needs_command' }],
  ['activate', { key: 'l', withCommand: true }, null],
  ['compare', { key: 'v', withCommand: false }, { code: 'taken', by: 'versions' }],
  ['compare', { key: 'v', withCommand: true }, { code: 'kept' }],
  ['compare', { key: 'tab', withCommand: false }, { code: 'kept' }],
  ['compare', { key: 'enter', withCommand: true }, { code: 'taken', by: 'activate' }],
  ['compare', { key: 'c', withCommand: false }, null],
] as const)('%s with the keys %j has the problem %j', (shortcut, binding, problem) => {
  expect(bindingProblem(shortcut, binding, DEFAULT_BINDINGS)).toEqual(problem);
});
