import type { ProjectPin } from '../../../shared/contract/pins.ts';
import type { WatchFolder } from '../../../shared/contract/watch-folders.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { explainFailure } from '../../stores/failures/explain-failure.ts';
import { projectStatusTexts } from './project-status-texts.en.ts';

export function describePin({ state, keptBytes, totalBytes }: ProjectPin): string {
  const share = projectStatusTexts.share(formatBytes(keptBytes), formatBytes(totalBytes));
  switch (state) {
    case 'kept':
      return projectStatusTexts.keptOffline(formatBytes(totalBytes));
    case 'fetching':
      return projectStatusTexts.downloading(share);
    case 'waiting':
      return projectStatusTexts.partlyKept(share);
    case 'failed':
      return projectStatusTexts.partlyFailed(share);
    default:
      return assertNever(state, 'pin state');
  }
}

/** What happens to new files of a watched folder, or why it can't be watched. */
export function describeWatchFolder({ path, mode, state, failure }: WatchFolder): string {
  if (state === 'failed') return projectStatusTexts.cannotWatch(path, failure && explainFailure(failure).title);
  if (state === 'starting') return projectStatusTexts.startingToWatch(path);
  return mode === 'upload' ? projectStatusTexts.watchingAndUploading(path) : projectStatusTexts.watchingAndAsking(path);
}
