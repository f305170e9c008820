import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  confirmTypedFolder,
  forgetWatchFolders,
  setWatchFormOpen,
  trackWatchForm,
} from '../../../../renderer/stores/library/watch-folders-store.ts';
import { stubBridge } from '../../../support/stub-bridge.ts';

const handle = '00000000-0000-4000-8000-000000000001';
const confirmUrl = 'http://127.0.0.1:5000/';
const openPage = vi.fn();
const bridge = { watchFolders: { type: vi.fn(), isConfirmed: vi.fn() } };

beforeEach(() => {
  openPage.mockReset().mockReturnValue(null);
  bridge.watchFolders.type.mockReset().mockResolvedValue({ ok: true, value: { handle, confirmUrl } });
  stubBridge(bridge, { open: openPage });
});

afterEach(() => {
  forgetWatchFolders();
  vi.unstubAllGlobals();
});

describe('a typed folder', () => {
  test('can be confirmed at an address that the form gets before the answer, if its page is blocked', async () => {
    const { promise, resolve } = Promise.withResolvers<{ ok: true; value: boolean }>();
    bridge.watchFolders.isConfirmed.mockReset().mockReturnValue(promise);
    const onAsked = vi.fn();
    const confirming = confirmTypedFolder('/exports', onAsked);
    await vi.waitFor(() => expect(openPage).toHaveBeenCalledOnce());
    expect(onAsked).toHaveBeenCalledExactlyOnceWith(confirmUrl);
    resolve({ ok: true, value: true });
    expect(await confirming).toEqual({ ok: true, value: handle });
  });
});

describe('the form', () => {
  test('is no longer open once it was closed, even if another one is', () => {
    setWatchFormOpen(true);
    const isFormOpen = trackWatchForm();
    expect(isFormOpen()).toBe(true);
    setWatchFormOpen(false);
    setWatchFormOpen(true);
    expect(isFormOpen()).toBe(false);
    expect(trackWatchForm()()).toBe(true);
  });
});
