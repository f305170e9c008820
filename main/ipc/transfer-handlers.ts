import {
  type AllTransfersCommand,
  allTransfersCommands,
  type TransferCommand,
  type transferChannels,
  transferCommands,
} from '../../shared/contract/transfers.ts';
import { ok } from '../../shared/lib/result.ts';
import { DONE, type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

type TransferHandlers = HandlersOf<typeof transferChannels>;

export function transferHandlers(context: HandlerContext): TransferHandlers {
  return {
    'uploads.staged': ({ projectUuid }) => withAccount(context, ({ staging }) => ok(staging.list(projectUuid))),
    'uploads.choose': ({ choices }) =>
      withAccount(context, ({ staging }) => {
        for (const { stageId, choice } of choices) staging.choose(stageId, choice);
        return DONE;
      }),
    'uploads.discard': ({ stageIds }) =>
      withAccount(context, ({ staging }) => {
        staging.setDiscarded(stageIds, true);
        return DONE;
      }),
    'uploads.restore': ({ stageIds }) =>
      withAccount(context, ({ staging }) => {
        staging.setDiscarded(stageIds, false);
        return DONE;
      }),
    'uploads.forget': ({ stageIds }) =>
      withAccount(context, async ({ staging }) => {
        await staging.forgetDiscarded(stageIds);
        return DONE;
      }),
    'uploads.confirm': (request) => withAccount(context, ({ transfers }) => transfers.confirm(request)),
    'uploads.held': () => withAccount(context, ({ heldActivations }) => ok(heldActivations.list())),
    'uploads.answerHeld': ({ versionUuid, activate }) =>
      withAccount(context, ({ heldActivations }) => heldActivations.answer(versionUuid, activate)),
    'downloads.start': ({ versionUuid }) => withAccount(context, ({ transfers }) => transfers.download(versionUuid)),
    'downloads.reveal': ({ id }) =>
      withAccount(context, ({ transfers }) => {
        const path = transfers.savedPath(id);
        if (path !== null) context.revealInFileManager(path);
        return DONE;
      }),
    'transfers.list': () => withAccount(context, ({ transfers }) => ok(transfers.list())),
    'transfers.clearEnded': () => withAccount(context, ({ transfers }) => transfers.clearEnded()),
    ...commandHandlers(context),
  };
}

type CommandHandlers = Pick<TransferHandlers, `transfers.${TransferCommand | AllTransfersCommand}`>;

function commandHandlers(context: HandlerContext): CommandHandlers {
  const one = transferCommands.map((command) => [
    `transfers.${command}`,
    ({ id }: { readonly id: string }) =>
      withAccount(context, ({ transfers }) => {
        transfers.commands[command](id);
        return DONE;
      }),
  ]);
  const all = allTransfersCommands.map((command) => [
    `transfers.${command}`,
    () =>
      withAccount(context, ({ transfers }) => {
        transfers.commands[command]();
        return DONE;
      }),
  ]);
  return Object.fromEntries([...one, ...all]) as CommandHandlers;
}
