import type { previewChannels } from '../../shared/contract/previews.ts';
import { DONE, type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function previewHandlers(context: HandlerContext): HandlersOf<typeof previewChannels> {
  return {
    'previews.open': ({ bundle }) => withAccount(context, ({ bundles }) => bundles.open(bundle)),
    'previews.report': ({ bundle, failure }) =>
      withAccount(context, async ({ drawings }) => {
        await drawings.report(bundle, failure);
        return DONE;
      }),
    'previews.cancel': ({ bundle }) =>
      withAccount(context, ({ bundles }) => {
        bundles.cancel(bundle);
        return DONE;
      }),
    'previews.useThumbnail': ({ stageId, png }) =>
      withAccount(context, ({ staging }) => staging.useThumbnail(stageId, Buffer.from(png, 'base64'))),
  };
}
