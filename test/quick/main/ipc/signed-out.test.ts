import { expect, it } from 'vitest';
import { comparisonHandlers } from '../../../../main/ipc/comparison-handlers.ts';
import type { HandlerContext } from '../../../../main/ipc/handler-context.ts';
import { libraryHandlers } from '../../../../main/ipc/library-handlers.ts';
import { operationHandlers } from '../../../../main/ipc/operation-handlers.ts';
import { pinHandlers } from '../../../../main/ipc/pin-handlers.ts';
import { previewHandlers } from '../../../../main/ipc/preview-handlers.ts';
import { transferHandlers } from '../../../../main/ipc/transfer-handlers.ts';
import { watchFolderHandlers } from '../../../../main/ipc/watch-folder-handlers.ts';
import { type ChannelName, channels } from '../../../../shared/contract/bridge.ts';

const context = {
  session: { account: () => null },
  chooseFolder: () => Promise.resolve(null),
} as unknown as HandlerContext;

const handlers: Readonly<Record<string, (input: never) => unknown>> = {
  ...libraryHandlers(context),
  ...transferHandlers(context),
  ...operationHandlers(context),
  ...previewHandlers(context),
  ...comparisonHandlers(context),
  ...watchFolderHandlers(context),
  ...pinHandlers(context),
};

/** Channels that need no account. */
const WITHOUT_ACCOUNT = /^(session|settings)\.|^watchFolders\.choose$/;
const names = (Object.keys(channels) as ChannelName[]).filter((name) => !WITHOUT_ACCOUNT.test(name));

it.each(names)('while nobody is signed in, %s returns signed_out', async (name) => {
  const outcome = await handlers[name]?.({} as never);
  expect(outcome).toEqual({ ok: false, failure: { code: 'signed_out' } });
  expect(channels[name].output.safeParse(outcome)).toEqual({ success: true, data: outcome });
});
