import { expect, test } from 'vitest';
import { type KeyPress, shortcutFor } from '../../../../renderer/app/shortcut-rules.ts';

const press = (change: Partial<KeyPress>): KeyPress => ({
  key: 'x',
  commandKey: false,
  altKey: false,
  shiftKey: false,
  isTyping: false,
  ...change,
});

test.each([
  [{ key: 'a' }, 'activate'],
  [{ key: 'V' }, 'versions'],
  [{ key: 'u' }, 'upload'],
  [{ key: 'Delete' }, 'trash'],
  [{ key: 'Escape' }, 'close'],
  [{ key: ' ' }, 'preview'],
  // Space activates the focused control, and types a space in a field.
  [{ key: ' ', isOnControl: true }, null],
  [{ key: ' ', isTyping: true }, null],
  [{ key: 'a', isOnControl: true }, 'activate'],
  [{ key: 'k', commandKey: true }, 'palette'],
  [{ key: 'f', commandKey: true }, 'search'],
  [{ key: 'z', commandKey: true }, 'undo'],
  // Letters with a modifier belong to the platform: Ctrl A selects, Shift A is a letter.
  [{ key: 'a', commandKey: true }, null],
  [{ key: 'a', shiftKey: true }, null],
  [{ key: 'u', altKey: true }, null],
  // In a field letters are text and Ctrl Z undoes typing; the palette and the search still open.
  [{ key: 'a', isTyping: true }, null],
  [{ key: 'Delete', isTyping: true }, null],
  [{ key: 'z', commandKey: true, isTyping: true }, null],
  [{ key: 'k', commandKey: true, isTyping: true }, 'palette'],
  [{ key: 'Escape', isTyping: true }, 'close'],
] as const)('the key press %j triggers the shortcut %j', (change, shortcut) => {
  expect(shortcutFor(press(change))).toBe(shortcut);
});
