import { expect, test } from 'vitest';
import { describePin, describeWatchFolder } from '../../../../renderer/features/project/project-status.ts';
import type { WatchFolder } from '../../../../shared/contract/watch-folders.ts';
import { nextUuid } from '../../../support/views.ts';

test.each([
  ['kept', 'Kept offline, 48.0 MB'],
  ['fetching', 'Downloading for offline use, 12.0 MB of 48.0 MB'],
  ['waiting', "Partly kept offline, 12.0 MB of 48.0 MB. The rest will download when you're online."],
  [
    'failed',
    "Partly kept offline, 12.0 MB of 48.0 MB. The rest couldn't be downloaded; Gabinet will retry automatically.",
  ],
] as const)('the status of a project kept offline: %s', (state, text) => {
  expect(describePin({ state, keptBytes: 12_000_000, totalBytes: 48_000_000 })).toBe(text);
});

const folder: WatchFolder = {
  projectUuid: nextUuid(),
  path: '/exports',
  mode: 'offer',
  state: 'watching',
  failure: null,
};

test.each([
  ['Watching /exports, asking before uploading', {}],
  ['Watching /exports, uploading automatically', { mode: 'upload' }],
  ['Starting to watch /exports', { state: 'starting' }],
  ["Can't watch /exports: Folder not found", { state: 'failed', failure: { code: 'folder_gone' } }],
] as const)('the status of a watched folder: %s', (text, change) => {
  expect(describeWatchFolder({ ...folder, ...change })).toBe(text);
});
