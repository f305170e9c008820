import { APP_ORIGIN } from './app-origin.ts';

/** The sender of a message, as in Electron's `IpcMainEvent` and `IpcMainInvokeEvent`. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
}

/**
 * Threat: an embedded frame, another window, or a page after a navigation sends messages on our
 * channels (checklist 17). Only the top frame of the main window, showing our origin, is accepted.
 * A frame that no longer exists (null) is not.
 */
export function isTrustedSender(event: SenderEvent, mainWindowContentsId: number): boolean {
  const frame = event.senderFrame;
  return (
    event.sender.id === mainWindowContentsId && frame !== null && frame.parent === null && frame.origin === APP_ORIGIN
  );
}
