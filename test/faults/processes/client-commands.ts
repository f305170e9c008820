/** One computer with the application on it. */
export interface ClientPlace {
  readonly userDataDir: string;
  readonly downloadsDir: string;
  readonly serverUrl: string;
  readonly pollIntervalMs: number;
}

/** What the runner asks of the application's process. */
export type ClientCommand =
  | { readonly to: 'client'; readonly id: number; readonly kind: 'open'; readonly place: ClientPlace }
  | { readonly to: 'client'; readonly id: number; readonly kind: 'close' }
  | {
      readonly to: 'client';
      readonly id: number;
      readonly kind: 'invoke';
      readonly channel: string;
      readonly input: unknown;
    }
  | {
      readonly to: 'client';
      readonly id: number;
      readonly kind: 'stage';
      readonly projectUuid: string;
      readonly paths: readonly string[];
    };

/** Its response between a close and the next open. */
export const NOT_OPEN = 'The application is closed';

/** The events that it sends unasked. */
export type ClientNews =
  /** `from`: the user data folder, because a process serves one run after the other. */
  | { readonly kind: 'event'; readonly from: string; readonly event: string; readonly payload: unknown }
  | { readonly kind: 'log'; readonly level: 'warn' | 'error'; readonly message: string; readonly details: unknown };

/** The event that the runner's book is kept from; the others would only cost time. */
export const TOLD_EVENT = 'transfers.changed';
