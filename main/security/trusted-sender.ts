import { APP_ORIGIN } from './app-origin.ts';

/** The sender of a message, as in Electron's `IpcMainEvent` and `IpcMainInvokeEvent`. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  /** With `frameId`: the document that sent the message, whatever the window shows by now. */
  readonly processId: number;
  readonly frameId: number;
  readonly senderFrame: SenderFrame | null;
}

interface SenderFrame {
  readonly origin: string;
  readonly parent: unknown;
  readonly processId: number;
  readonly routingId: number;
}

/**
 * Threat: an embedded frame, another window, or a page after a navigation sends messages on our
 * channels (checklist 17). Only the top frame of the main window, showing our origin, is accepted.
 * A frame that no longer exists (null) is not. Older releases of Electron then return the frame that
 * has taken its place: the empty document that each window begins with would count as our page.
 */
export function isTrustedSender(event: SenderEvent, mainWindowContentsId: number): boolean {
  const frame = event.senderFrame;
  return (
    event.sender.id === mainWindowContentsId &&
    frame !== null &&
    frame.parent === null &&
    frame.origin === APP_ORIGIN &&
    frame.processId === event.processId &&
    frame.routingId === event.frameId
  );
}
