import { describe, expect, test } from 'vitest';
import { placeAfterKey, tabStopOf } from '../../../../renderer/features/sidebar/tab-stop-rules.ts';

describe('the one tab stop of the sidebar', () => {
  const items = ['concierge', 'kiosk', 'trash'];
  const stop = (focused: string | null, open: string | null) =>
    tabStopOf({ items, buttons: ['new-project-aurora'], focused, open });

  test.each([
    ['the item with the focus', 'kiosk', 'concierge', 'kiosk'],
    ['a button between the items while it has the focus', 'new-project-aurora', 'concierge', 'new-project-aurora'],
    ['the open project while the focus is elsewhere', null, 'kiosk', 'kiosk'],
    ['the open project after the one with the focus is gone', 'lobby', 'kiosk', 'kiosk'],
    ['the first project if the open one is not in the list', null, 'lobby', 'concierge'],
    ['the first project if no page is open', null, null, 'concierge'],
  ])('is %s', (_title, focused, open, expected) => {
    expect(stop(focused, open)).toBe(expected);
  });

  test('is nothing if there is nothing', () => {
    expect(tabStopOf({ items: [], buttons: ['new-project-aurora'], focused: null, open: null })).toBeNull();
  });
});

test.each([
  ['ArrowDown', 1, 2],
  ['ArrowDown', 2, 0],
  ['ArrowUp', 0, 2],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['ArrowRight', 0, null],
  ['u', 0, null],
])('%s moves the focus from place %i of three to %s', (key, at, place) => {
  expect(placeAfterKey(key, at, 3)).toBe(place);
});
