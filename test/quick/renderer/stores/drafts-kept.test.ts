import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changeDraft, draftOf, loadDrafts } from '../../../../renderer/stores/drafts/drafts-store.ts';
import { noticeQueue } from '../../../../renderer/stores/notices/notices.ts';
import { avatarView, nextUuid, versionView } from '../../../support/views.ts';

const DANA = nextUuid();
const version = versionView();
const avatar = avatarView({ versions: [version] });

let stored: Map<string, string>;
let isFull: boolean;

beforeEach(() => {
  stored = new Map();
  isFull = false;
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      stored.set(key, value);
    },
  });
  loadDrafts(DANA);
});

afterEach(() => {
  vi.unstubAllGlobals();
  loadDrafts(null);
  noticeQueue.clear();
});

const titles = (): string[] => noticeQueue.visibleToasts.map(({ content }) => content.title);
const type = (name: string): void => changeDraft({ avatar, version }, { name });

test('where nothing can be stored, a draft stays on the screen, and that is said once', () => {
  type('M');
  expect(titles()).toEqual([]);
  isFull = true;
  type('Ma');
  type('Mar');
  expect(draftOf(avatar.avatarUuid)?.name?.to).toBe('Mar');
  expect(titles()).toEqual(["Unsaved changes can't be kept on this computer"]);
});

test('a draft is there again for its person, and for nobody else', () => {
  type('Mar');
  loadDrafts(nextUuid());
  expect(draftOf(avatar.avatarUuid)).toBeNull();
  loadDrafts(DANA);
  expect(draftOf(avatar.avatarUuid)?.name?.to).toBe('Mar');
});
