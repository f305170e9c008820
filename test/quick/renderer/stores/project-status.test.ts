import { expect, test } from 'vitest';
import { describePin, describeWatchFolder } from '../../../../renderer/stores/project-status.ts';
import type { WatchFolder } from '../../../../shared/contract/watch-folders.ts';
import { nextUuid } from '../../../support/views.ts';

test.each([
  ['kept', 'Kept offline, 48.0 MB'],
  ['fetching', 'Fetching for offline, 12.0 MB of 48.0 MB'],
  ['waiting', 'Kept offline in part, 12.0 MB of 48.0 MB: the rest waits for the server'],
  ['failed', 'Kept offline in part, 12.0 MB of 48.0 MB: the rest could not be kept, it is tried again'],
] as const)('a pinned project: %s', (state, words) => {
  expect(describePin({ state, keptBytes: 12_000_000, totalBytes: 48_000_000 })).toBe(words);
});

const folder: WatchFolder = {
  projectUuid: nextUuid(),
  path: '/exports',
  mode: 'offer',
  state: 'watching',
  failure: null,
};

test.each([
  ['Watching /exports, new files are offered', {}],
  ['Watching /exports, new files are uploaded at once', { mode: 'upload' }],
  ['Starting to watch /exports', { state: 'starting' }],
  [
    '/exports is not watched: It is gone',
    { state: 'failed', failure: { code: 'disk', title: 'It is gone', detail: '' } },
  ],
] as const)('%s', (words, change) => {
  expect(describeWatchFolder({ ...folder, ...change })).toBe(words);
});
