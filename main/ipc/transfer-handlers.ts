import type { transferChannels } from '../../shared/contract/transfers.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function transferHandlers(context: HandlerContext): HandlersOf<typeof transferChannels> {
  const account = () => context.session.account();
  return {
    'uploads.staged': ({ projectUuid }) => account()?.staging.list(projectUuid) ?? [],
    'uploads.discard': async ({ stageIds }) => {
      await account()?.staging.discard(stageIds);
      return undefined;
    },
    'uploads.confirm': (request) => withAccount(context, ({ transfers }) => transfers.confirm(request)),
    'downloads.start': ({ versionUuid }) => withAccount(context, ({ transfers }) => transfers.download(versionUuid)),
    'transfers.list': () => account()?.transfers.list() ?? [],
    'transfers.cancel': ({ id }) => {
      account()?.transfers.cancel(id);
      return undefined;
    },
    'transfers.retry': ({ id }) => {
      account()?.transfers.retry(id);
      return undefined;
    },
    'transfers.retryAll': () => {
      account()?.transfers.retryAll();
      return undefined;
    },
    'transfers.pause': ({ id }) => {
      account()?.transfers.pause(id);
      return undefined;
    },
    'transfers.resume': ({ id }) => {
      account()?.transfers.resume(id);
      return undefined;
    },
    'transfers.pauseAll': () => {
      account()?.transfers.pauseAll();
      return undefined;
    },
    'transfers.resumeAll': () => {
      account()?.transfers.resumeAll();
      return undefined;
    },
    'transfers.clearEnded': async () => {
      await account()?.transfers.clearEnded();
      return undefined;
    },
    'downloads.reveal': ({ id }) => {
      const path = account()?.transfers.savedPath(id) ?? null;
      if (path !== null) context.revealInFileManager(path);
      return undefined;
    },
  };
}
