import type { transferChannels } from '../../shared/contract/transfers.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function transferHandlers(context: HandlerContext): HandlersOf<typeof transferChannels> {
  const services = () => context.session.account()?.services;
  return {
    'uploads.staged': ({ projectUuid }) => services()?.staging.list(projectUuid) ?? [],
    'uploads.discard': async ({ stageIds }) => {
      await services()?.staging.discard(stageIds);
      return undefined;
    },
    'uploads.confirm': (request) => withAccount(context, ({ transfers }) => transfers.confirm(request)),
    'downloads.start': ({ versionUuid }) => withAccount(context, ({ transfers }) => transfers.download(versionUuid)),
    'transfers.list': () => services()?.transfers.list() ?? [],
    'transfers.cancel': ({ id }) => {
      services()?.transfers.cancel(id);
      return undefined;
    },
    'transfers.retry': ({ id }) => {
      services()?.transfers.retry(id);
      return undefined;
    },
    'transfers.retryAll': () => {
      services()?.transfers.retryAll();
      return undefined;
    },
    'transfers.pause': ({ id }) => {
      services()?.transfers.pause(id);
      return undefined;
    },
    'transfers.resume': ({ id }) => {
      services()?.transfers.resume(id);
      return undefined;
    },
    'transfers.pauseAll': () => {
      services()?.transfers.pauseAll();
      return undefined;
    },
    'transfers.resumeAll': () => {
      services()?.transfers.resumeAll();
      return undefined;
    },
    'transfers.clearEnded': async () => {
      await services()?.transfers.clearEnded();
      return undefined;
    },
    'downloads.reveal': ({ id }) => {
      const path = services()?.transfers.savedPath(id) ?? null;
      if (path !== null) context.revealInFileManager(path);
      return undefined;
    },
  };
}
