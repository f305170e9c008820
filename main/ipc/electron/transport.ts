import type { IpcMain, WebContents } from 'electron';
import { type Log, stackOf } from '../../../node/log.ts';
import { removeFile } from '../../../node/remove.ts';
import { channels, type EventName, type EventPayload } from '../../../shared/contract/bridge.ts';
import { answerCall, type CallAnswer } from '../../../shared/contract/call-answer.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { EVENT_CHANNEL, STAGE_CHANNEL } from '../../../shared/contract/shell-channels.ts';
import type { Result } from '../../../shared/lib/result.ts';
import type { Application } from '../../application.ts';
import { APP_ORIGIN } from '../../security/app-origin.ts';
import { isTrustedSender, type SenderEvent } from '../../security/trusted-sender.ts';
import type { ReceivedFile } from '../../staging/received-file.ts';
import { receivedFile, stageInputSchema } from './staged-input.ts';

type Contents = Pick<WebContents, 'id' | 'isDestroyed' | 'isCrashed' | 'send' | 'mainFrame'>;

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
 * sender that is not our page; what else fails is answered, never rejected. Returns a function that
 * unregisters the channels.
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

async function checked(options: TransportOptions, call: ArrivedCall): Promise<CallAnswer> {
  if (!isTrustedSender(call.event, options.contents.id)) {
    options.log.warn('A sender was refused', { channel: call.name, contents: call.event.sender.id });
    throw new Error('This page may not use this channel.');
  }
  return answerCall(
    () => call.handler(call.input),
    (error) => options.log.error('A call failed', { channel: call.name, error: stackOf(error) }),
  );
}

/**
 * Threat: the window may show another page by now. Events are sent only to a document of our
 * origin. A page whose process is gone receives none; it asks for everything when it loads again.
 */
export function sendEvent<Name extends EventName>(contents: Contents, event: Name, payload: EventPayload<Name>): void {
  if (contents.isDestroyed() || contents.isCrashed() || originOf(contents) !== APP_ORIGIN) return;
  contents.send(EVENT_CHANNEL, event, payload);
}

/** Null if there is no document: Electron throws while one frame has ended and the next has not begun. */
function originOf({ mainFrame }: Pick<Contents, 'mainFrame'>): string | null {
  try {
    return mainFrame.origin;
  } catch {
    return null;
  }
}

/** A file that cannot be read does not hold up the others: the upload sheet shows why. */
async function stageFiles({ application }: TransportOptions, input: unknown): Promise<Result<null, Failure>> {
  const { projectUuid, files } = stageInputSchema.parse(input);
  const received: ReceivedFile[] = [];
  let isStaged = false;
  try {
    for (const file of files) received.push(await receivedFile(file, application.receivedFilesDir));
    const outcome = await application.stageFiles(projectUuid, received);
    isStaged = outcome.ok;
    return outcome;
  } finally {
    if (!isStaged) await removeTemporary(received);
  }
}

/** From now on nobody else knows of them. */
async function removeTemporary(files: readonly ReceivedFile[]): Promise<void> {
  for (const { path, isTemporary } of files) if (isTemporary && path !== null) await removeFile(path);
}
