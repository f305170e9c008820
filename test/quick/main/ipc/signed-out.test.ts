import { expect, it } from 'vitest';
import { allHandlers } from '../../../../main/ipc/all-handlers.ts';
import type { HandlerContext } from '../../../../main/ipc/handler-context.ts';
import { type ChannelName, channels } from '../../../../shared/contract/bridge.ts';

const context = {
  session: { account: () => null },
  chooseFolder: () => Promise.resolve(null),
  confirmFolder: () => Promise.resolve(null),
} as unknown as HandlerContext;

const handlers: Readonly<Record<string, (input: never) => unknown>> = allHandlers(context);

/** Channels that need no account. */
const WITHOUT_ACCOUNT = /^(session|settings|diagnostics)\.|^watchFolders\.choose$|^opening\.(?!addFiles$)/;
const names = (Object.keys(channels) as ChannelName[]).filter((name) => !WITHOUT_ACCOUNT.test(name));

it.each(names)('while nobody is signed in, %s returns signed_out', async (name) => {
  const outcome = await handlers[name]?.({} as never);
  expect(outcome).toEqual({ ok: false, failure: { code: 'signed_out' } });
  expect(channels[name].output.safeParse(outcome)).toEqual({ success: true, data: outcome });
});
