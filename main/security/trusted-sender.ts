import { APP_ORIGIN } from './app-origin.ts';

/** What Electron says about who sent a message: `IpcMainEvent` and `IpcMainInvokeEvent` both fit. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
}

/**
 * Threat: a frame that a document embedded, another window, or a page that navigation brought in speaks on our channels
 * (checklist 17). Only the top frame of the main window, showing our own origin, is listened to; a frame that has gone
 * meanwhile (null) is not.
 */
export function isTrustedSender(event: SenderEvent, mainWindowContentsId: number): boolean {
  const frame = event.senderFrame;
  return (
    event.sender.id === mainWindowContentsId && frame !== null && frame.parent === null && frame.origin === APP_ORIGIN
  );
}
