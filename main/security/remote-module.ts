import type { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import type { Log } from '../../node/log.ts';
import type { WindowControls } from '../../shared/contract/bridge.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { REFUSED_REMOTE_EVENTS, REMOTE_CHANNELS, type RemoteRule } from './remote-channels.ts';
import { type Contents, createRemoteContexts, type RemoteContexts } from './remote-contexts.ts';
import { isTrustedSender, type SenderEvent } from './trusted-sender.ts';
import { FACADE_METHODS } from './window-facade.ts';

/** The main part of @electron/remote. */
export interface RemoteModule {
  initialize(): void;
  enable(contents: WebContents): void;
}

export interface RemoteParts {
  readonly remote: RemoteModule;
  readonly app: EventEmitter;
  readonly ipcMain: EventEmitter;
  readonly log: Log;
}

export interface RemoteGuard {
  /** Gives one window its controls; every other window has none. */
  enableFor(contents: WebContents, facade: WindowControls): void;
}

interface RemoteEvent extends SenderEvent {
  readonly sender: WebContents;
  set returnValue(meta: unknown);
}

interface QuestionEvent {
  readonly sender: WebContents;
  returnValue: unknown;
  defaultPrevented: boolean;
}

type RemoteListener = (event: RemoteEvent, contextId: unknown, ...rest: unknown[]) => void;

interface GuardState {
  readonly parts: RemoteParts;
  /** The one window that has controls. */
  enabled: { readonly contents: WebContents; readonly facade: WindowControls } | null;
  /** The ID under which @electron/remote handed the facade to that window's page. */
  handedId: unknown;
  readonly contexts: RemoteContexts;
}

/**
 * Starts @electron/remote for the window controls alone (ADR 6).
 *
 * Threats, all found in its code: `MEMBER_GET 'constructor'` on any object, function or promise
 * reaches the main process; object IDs are counted up and not bound to a window, so a frame may use
 * those of another; six of its channels never ask for permission; its permission events have no
 * `preventDefault` and no frame. So each of its listeners is removed right after `initialize()` and
 * put behind a guard that checks for the top frame of our origin in the enabled window, and then
 * the channel's rule.
 *
 * If it listens on a channel that is not in the table, removes all of its listeners and throws.
 */
export function guardRemoteModule(parts: RemoteParts): RemoteGuard {
  parts.remote.initialize();
  const listeners = takeListeners(parts.ipcMain);
  const state: GuardState = {
    parts,
    enabled: null,
    handedId: null,
    contexts: createRemoteContexts(forgetIn(listeners)),
  };
  for (const [channel, listener] of listeners) {
    const rule = REMOTE_CHANNELS[channel];
    parts.ipcMain.on(channel, (event: RemoteEvent, contextId: unknown, ...rest: unknown[]) => {
      guardedCall(state, { channel, rule, listener }, { event, contextId, rest });
    });
  }
  answerQuestions(state);
  return {
    enableFor(contents, facade) {
      if (state.enabled !== null) throw new Error('Only one window has controls');
      state.enabled = { contents, facade };
      parts.remote.enable(contents);
    },
  };
}

type RemoteChannel = keyof typeof REMOTE_CHANNELS;
type TakenListeners = readonly (readonly [RemoteChannel, RemoteListener])[];

/** Releases what @electron/remote keeps for a document, as the document itself does when it ends. */
function forgetIn(listeners: TakenListeners): (contents: Contents, contextId: string) => void {
  const release = listeners.find(([channel]) => channel === 'REMOTE_BROWSER_CONTEXT_RELEASE')?.[1];
  return (sender, contextId) => release?.({ sender, returnValue: null } as unknown as RemoteEvent, contextId);
}

function takeListeners(ipcMain: EventEmitter): TakenListeners {
  const names = ipcMain.eventNames().filter((name) => String(name).startsWith('REMOTE_'));
  const taken = names.map((name) => [name, ipcMain.listeners(name)] as const);
  for (const name of names) ipcMain.removeAllListeners(name);
  const expected = Object.keys(REMOTE_CHANNELS);
  const isAsExpected =
    names.length === expected.length &&
    taken.every(([name, listeners]) => expected.includes(String(name)) && listeners.length === 1);
  if (!isAsExpected) throw new Error(`@electron/remote listens on other channels than expected: ${names.join(', ')}`);
  return taken.map(([name, listeners]) => [name as RemoteChannel, listeners[0] as RemoteListener]);
}

interface GuardedChannel {
  readonly channel: string;
  readonly rule: RemoteRule;
  readonly listener: RemoteListener;
}

interface Call {
  readonly event: RemoteEvent;
  readonly contextId: unknown;
  readonly rest: readonly unknown[];
}

function guardedCall(state: GuardState, guarded: GuardedChannel, call: Call): void {
  if (mayPass(state, guarded.rule, call)) passOn(state, guarded, call);
  else refuse(state, guarded.channel, call);
}

/**
 * Passes the listener a reduced event. Electron's `returnValue` can be set but not read, and only
 * it contains the ID under which the facade is handed out.
 */
function passOn(
  state: GuardState,
  { channel, rule, listener }: GuardedChannel,
  { event, contextId, rest }: Call,
): void {
  const answered = {
    sender: event.sender,
    senderFrame: event.senderFrame,
    processId: event.processId,
    frameId: event.frameId,
    set returnValue(meta: unknown) {
      if (rule === 'window') rememberHanded(state, meta);
      event.returnValue = meta;
    },
  };
  if (rule === 'window') {
    // A renderer may also send a stack trace, which would only be printed.
    state.contexts.handOut(event.sender, String(contextId), () => listener(answered, contextId));
    return;
  }
  listener(answered, contextId, ...rest);
  if (channel === 'REMOTE_BROWSER_CONTEXT_RELEASE') state.contexts.release(String(contextId));
}

function mayPass(state: GuardState, rule: RemoteRule, call: Call): boolean {
  if (state.enabled === null || !isTrustedSender(call.event, state.enabled.contents.id)) return false;
  if (typeof call.contextId !== 'string') return false;
  switch (rule) {
    case 'window':
    case 'release':
      return true;
    case 'call':
      return isFacadeCall(state, call.rest);
    case 'refuse':
      return false;
    default:
      return assertNever(rule, 'remote rule');
  }
}

/**
 * `[object ID, method, arguments]`: must be the facade, one of its own functions, and no arguments
 * to unwrap.
 */
function isFacadeCall(state: GuardState, [id, method, args]: readonly unknown[]): boolean {
  return (
    state.handedId !== null &&
    id === state.handedId &&
    FACADE_METHODS.has(method) &&
    Array.isArray(args) &&
    args.length === 0
  );
}

function rememberHanded(state: GuardState, meta: unknown): void {
  if (typeof meta !== 'object' || meta === null) return;
  if ('type' in meta && meta.type === 'object' && 'id' in meta) state.handedId = meta.id;
}

/**
 * Returns an error in the shape that @electron/remote's renderer part expects. Without a return
 * value a synchronous call would hang.
 */
function refuse(state: GuardState, channel: string, { event }: Call): void {
  state.parts.log.warn('A remote request was refused', { channel, contents: event.sender.id });
  const value = { type: 'error', value: new Error('Pages have no access to this.'), members: [] };
  event.returnValue = { type: 'exception', value };
}

function answerQuestions(state: GuardState): void {
  const { app, log } = state.parts;
  app.on('remote-get-current-window', (event: QuestionEvent) => {
    event.defaultPrevented = true;
    if (event.sender === state.enabled?.contents) event.returnValue = state.enabled.facade;
  });
  for (const name of REFUSED_REMOTE_EVENTS) {
    app.on(name, (event: QuestionEvent) => {
      event.defaultPrevented = true;
      log.warn('A remote permission request was refused', { name });
    });
  }
}
