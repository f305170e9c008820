import type { IpcMain, WebContents } from 'electron';
import type { Log } from '../../../node/log.ts';
import { channels, type EventName, type EventPayload } from '../../../shared/contract/bridge.ts';
import { EVENT_CHANNEL, STAGE_CHANNEL } from '../../../shared/contract/shell-channels.ts';
import type { Application } from '../../application.ts';
import { APP_ORIGIN } from '../../security/app-origin.ts';
import { isTrustedSender, type SenderEvent } from '../../security/trusted-sender.ts';
import type { ReceivedFile } from '../../staging/received-file.ts';
import { receivedFile, stageInputSchema } from './staged-input.ts';

type Contents = Pick<WebContents, 'id' | 'isDestroyed' | 'send' | 'mainFrame'>;

export interface TransportOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly contents: Contents;
  readonly application: Application;
  readonly log: Log;
}

type Handler = (input: unknown) => Promise<unknown>;

/**
 * Connects one window to the application. Registers exactly the contract's channels and the shell's
 * channel for dropped files; Electron rejects calls of any other name. Each of them rejects a
 * sender that is not our page. Returns a function that unregisters the channels.
 */
export function connectTransport(options: TransportOptions): () => void {
  const handlers: Record<string, Handler> = { [STAGE_CHANNEL]: (input) => stageFiles(options, input) };
  for (const name of Object.keys(channels)) handlers[name] = (input) => options.application.invoke(name, input);
  for (const [name, handler] of Object.entries(handlers)) {
    options.ipcMain.handle(name, (event: SenderEvent, input: unknown) =>
      checked(options, { name, event, input, handler }),
    );
  }
  const stopEvents = options.application.onEvent((event, payload) => sendEvent(options.contents, event, payload));
  return () => {
    stopEvents();
    for (const name of Object.keys(handlers)) options.ipcMain.removeHandler(name);
  };
}

interface ArrivedCall {
  readonly name: string;
  readonly event: SenderEvent;
  readonly input: unknown;
  readonly handler: Handler;
}

async function checked(options: TransportOptions, call: ArrivedCall): Promise<unknown> {
  if (!isTrustedSender(call.event, options.contents.id)) {
    options.log.warn('A sender was refused', { channel: call.name, contents: call.event.sender.id });
    throw new Error('This page may not use this channel.');
  }
  return call.handler(call.input);
}

/**
 * Threat: the window may show another page by now. Events are sent only to a document of our
 * origin.
 */
export function sendEvent<Name extends EventName>(contents: Contents, event: Name, payload: EventPayload<Name>): void {
  if (contents.isDestroyed() || contents.mainFrame.origin !== APP_ORIGIN) return;
  contents.send(EVENT_CHANNEL, event, payload);
}

/** Bad files do not hold up good ones, which are staged. One error then reports all bad ones. */
async function stageFiles({ application }: TransportOptions, input: unknown): Promise<void> {
  const { projectUuid, files } = stageInputSchema.parse(input);
  const good: ReceivedFile[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      good.push(await receivedFile(file, application.receivedFilesDir));
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (good.length > 0) await application.stageFiles(projectUuid, good);
  if (problems.length > 0) throw new Error(problems.join(' '));
}
