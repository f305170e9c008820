import type { dragChannels } from '../../shared/contract/drag-out.ts';
import { fail, ok } from '../../shared/lib/result.ts';
import { DONE, type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function dragHandlers(context: HandlerContext): HandlersOf<typeof dragChannels> {
  return {
    'drag.prepare': ({ versionUuid }) =>
      withAccount(context, async ({ dragCopies }) => {
        const prepared = await dragCopies.prepare(versionUuid);
        if (!prepared.ok) return prepared;
        return ok(prepared.value === null ? { kind: 'not_here' } : { kind: 'ready', ...prepared.value });
      }),
    'drag.start': ({ dragId }) =>
      withAccount(context, async ({ dragCopies }) => {
        const file = await dragCopies.find(dragId);
        if (file === null) return fail({ code: 'file_gone' });
        await context.dragFile(file);
        return DONE;
      }),
  };
}
