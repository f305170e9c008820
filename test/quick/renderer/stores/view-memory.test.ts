import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leaveBrokenView } from '../../../../renderer/stores/view/broken-view.ts';
import {
  canReopen,
  isBrokenPage,
  type RememberedView,
  recallView,
  rememberView,
} from '../../../../renderer/stores/view/view-memory.ts';
import { forgetView, openPage, selectAvatar, useView } from '../../../../renderer/stores/view/view-store.ts';
import { avatarUuidSchema } from '../../../../shared/domain/ids.ts';

const VIEW: RememberedView = {
  userUuid: 'dana',
  page: { kind: 'project', projectUuid: 'desk' },
  selectedAvatarUuid: avatarUuidSchema.parse('018f3c3a-9f1e-7cc1-8f7d-2f4a6e1d2b3c'),
  selectedVersionUuid: null,
  isDetailsOpen: true,
  detailsTab: 'versions',
};

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});
afterEach(() => {
  forgetView();
  vi.unstubAllGlobals();
});

test('page and selection are there again after a reload, for the same user only', () => {
  expect(recallView('dana')).toBeNull();
  rememberView(VIEW);
  expect(recallView('dana')).toEqual(VIEW);
  expect(recallView('robin')).toBeNull();
});

test('only a page that the sidebar lists is opened again', () => {
  const shown = { shownProjects: ['desk'], isAdmin: false };
  expect(canReopen({ kind: 'project', projectUuid: 'desk' }, shown)).toBe(true);
  // Deleted, or of another customer than the one that was chosen while projects were arriving.
  expect(canReopen({ kind: 'project', projectUuid: 'kiosk' }, shown)).toBe(false);
  expect(canReopen({ kind: 'trash' }, shown)).toBe(true);
  expect(canReopen({ kind: 'audit' }, shown)).toBe(false);
  expect(canReopen({ kind: 'audit' }, { ...shown, isAdmin: true })).toBe(true);
});

test.each(['{', '5', JSON.stringify({ ...VIEW, page: { kind: 'another' } })])(
  'a stored view that cannot be read is ignored: %s',
  (text) => {
    stored.set('gabinet.view', text);
    expect(recallView('dana')).toBeNull();
  },
);

test('without storage nothing is remembered, and nothing breaks', () => {
  vi.stubGlobal('sessionStorage', undefined);
  rememberView(VIEW);
  expect(recallView('dana')).toBeNull();
});

test('a page that breaks loses its selection, and if it breaks again, it is forgotten', () => {
  rememberView(VIEW);
  openPage(VIEW.page);
  selectAvatar(VIEW.selectedAvatarUuid);
  leaveBrokenView();
  expect(useView.getState()).toMatchObject({ page: VIEW.page, selectedAvatarUuid: null });
  rememberView({ ...VIEW, selectedAvatarUuid: null });
  expect(isBrokenPage(VIEW.page)).toBe(true);
  expect(isBrokenPage({ kind: 'project', projectUuid: 'kiosk' })).toBe(false);
  leaveBrokenView();
  expect(useView.getState().page).toBeNull();
  expect(recallView('dana')).toBeNull();
});

test.each<Partial<RememberedView>>([{}, { page: { kind: 'trash' }, selectedAvatarUuid: null }])(
  'a page is sound again once something is selected or another page is open: %j',
  (change) => {
    openPage(VIEW.page);
    leaveBrokenView();
    rememberView({ ...VIEW, ...change });
    expect(isBrokenPage(VIEW.page)).toBe(false);
  },
);
