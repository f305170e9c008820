import type { z } from 'zod';
import type { Result } from '../lib/result.ts';
import { accessTokenChannels } from './access-tokens.ts';
import { accountChannels } from './account.ts';
import type { CallAnswer } from './call-answer.ts';
import { comparisonChannels } from './comparison.ts';
import type { CapabilitiesOf, ChannelInput, ChannelOutput } from './define-channels.ts';
import { diagnosticsChannels, diagnosticsEvents } from './diagnostics.ts';
import { dragChannels } from './drag-out.ts';
import type { Failure } from './failure.ts';
import { libraryChannels, libraryEvents } from './library.ts';
import { notificationEvents } from './notifications.ts';
import { openingChannels, openingEvents } from './opening.ts';
import { operationChannels, operationEvents } from './operations.ts';
import { pinChannels } from './pins.ts';
import { previewChannels, previewEvents } from './previews.ts';
import { projectChannels } from './projects.ts';
import { sessionChannels, sessionEvents } from './session.ts';
import { settingsChannels, settingsEvents } from './settings.ts';
import { transferChannels, transferEvents } from './transfers.ts';
import { watchFolderChannels, watchFolderEvents } from './watch-folders.ts';
import { windowEvents } from './window.ts';

/**
 * Every channel between the renderer and the main process. A channel that is not here cannot be
 * registered or called.
 */
export const channels = {
  ...sessionChannels,
  ...accountChannels,
  ...accessTokenChannels,
  ...libraryChannels,
  ...projectChannels,
  ...transferChannels,
  ...operationChannels,
  ...previewChannels,
  ...comparisonChannels,
  ...watchFolderChannels,
  ...settingsChannels,
  ...pinChannels,
  ...dragChannels,
  ...openingChannels,
  ...diagnosticsChannels,
} as const;
export type Channels = typeof channels;
export type ChannelName = keyof Channels;
export type InputOf<Name extends ChannelName> = ChannelInput<Channels, Name>;
export type OutputOf<Name extends ChannelName> = ChannelOutput<Channels, Name>;

/** Every event from the main process to the renderer. */
export const events = {
  ...sessionEvents,
  ...libraryEvents,
  ...transferEvents,
  ...operationEvents,
  ...previewEvents,
  ...watchFolderEvents,
  ...settingsEvents,
  ...notificationEvents,
  ...windowEvents,
  ...openingEvents,
  ...diagnosticsEvents,
} as const;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<Name extends EventName> = z.output<Events[Name]>;

export type Unsubscribe = () => void;

/**
 * A file as the platform's File object. It is opaque here, because this folder doesn't know the
 * DOM.
 */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

/** The window controls of the custom title bar; only the Electron shell has them. */
export interface WindowControls {
  minimize(): void;
  /** Maximizes the window, or restores it; `window.changed` follows. */
  toggleMaximize(): void;
  close(): void;
  isMaximized(): boolean;
}

type Capabilities = CapabilitiesOf<Channels>;

/**
 * The bridge of the renderer: one named function per capability, events, and a way to hand over
 * dropped files. A capability rejects with a `CallFailedError`.
 */
export interface Bridge<PlatformFile extends DroppedFile = DroppedFile>
  extends Capabilities,
    ShellParts<PlatformFile> {}

/** What the preload exposes: the same, but of an error only its text would reach the page. */
export interface PreloadBridge<PlatformFile extends DroppedFile = DroppedFile>
  extends CapabilityAnswers,
    ShellParts<PlatformFile> {}

export type CapabilityAnswers = {
  readonly [Group in keyof Capabilities]: {
    readonly [Name in keyof Capabilities[Group]]: (input?: unknown) => Promise<CallAnswer>;
  };
};

interface ShellParts<PlatformFile extends DroppedFile> {
  readonly shell: 'electron' | 'browser';
  /** Null if the platform draws its own window frame. */
  readonly windowControls: WindowControls | null;
  on<Name extends EventName>(event: Name, listener: (payload: EventPayload<Name>) => void): Unsubscribe;
  /**
   * Hands dropped or chosen files to the main process for inspection; resolves when all are staged,
   * not yet inspected. A file that cannot be read is staged, too, with the reason.
   */
  stageFiles(projectUuid: string, files: readonly PlatformFile[]): Promise<Result<null, Failure>>;
}

export type Invoke = (channel: ChannelName, input: unknown) => Promise<unknown>;

/**
 * Builds the named capability functions on one raw `invoke`. Preload and the browser shell both use
 * it.
 */
export function buildCapabilities(invoke: Invoke): Capabilities {
  const groups: Record<string, Record<string, (input?: unknown) => Promise<unknown>>> = {};
  for (const name of Object.keys(channels) as ChannelName[]) {
    const [group = '', capability = ''] = name.split('.');
    groups[group] ??= {};
    (groups[group] as Record<string, unknown>)[capability] = (input?: unknown) => invoke(name, input);
  }
  return groups as unknown as Capabilities;
}

/** The same on an `invoke` that resolves to answers. */
export function buildAnswers(invoke: (channel: ChannelName, input: unknown) => Promise<CallAnswer>): CapabilityAnswers {
  return buildCapabilities(invoke) as unknown as CapabilityAnswers;
}
