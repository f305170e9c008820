import type { ProjectPin } from '../../shared/contract/pins.ts';
import type { WatchFolder } from '../../shared/contract/watch-folders.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';

/** How far keeping a project on this machine has come. */
export function describePin({ state, keptBytes, totalBytes }: ProjectPin): string {
  const share = `${formatBytes(keptBytes)} of ${formatBytes(totalBytes)}`;
  switch (state) {
    case 'kept':
      return `Kept offline, ${formatBytes(totalBytes)}`;
    case 'fetching':
      return `Fetching for offline, ${share}`;
    case 'waiting':
      return `Kept offline in part, ${share}: the rest waits for the server`;
    case 'failed':
      return `Kept offline in part, ${share}: the rest could not be kept, it is tried again`;
    default:
      return assertNever(state, 'pin state');
  }
}

/** What becomes of the files of a watched folder, or why it is not watched just now. */
export function describeWatchFolder({ path, mode, state, failure }: WatchFolder): string {
  if (state === 'failed') return `${path} is not watched: ${failure?.title ?? 'it cannot be read'}`;
  if (state === 'starting') return `Starting to watch ${path}`;
  return `Watching ${path}, ${mode === 'upload' ? 'new files are uploaded at once' : 'new files are offered'}`;
}
