import type { previewChannels } from '../../shared/contract/previews.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function previewHandlers(context: HandlerContext): HandlersOf<typeof previewChannels> {
  return {
    'previews.open': ({ bundle }) => withAccount(context, ({ bundles }) => bundles.open(bundle)),
    'previews.cancel': ({ bundle }) => {
      context.session.account()?.services.bundles.cancel(bundle);
      return undefined;
    },
    'previews.useThumbnail': ({ stageId, png }) =>
      withAccount(context, ({ staging }) => staging.useThumbnail(stageId, Buffer.from(png, 'base64'))),
  };
}
