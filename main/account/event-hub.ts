/** Named events with typed payloads. The emitter does not know its listeners. */
export interface EventHub<Events extends object> {
  emit<Name extends keyof Events>(event: Name, payload: Events[Name]): void;
  on<Name extends keyof Events>(event: Name, listener: (payload: Events[Name]) => void): void;
}

/**
 * Listeners run in the order in which they were added. If one throws, `onError` is called and the
 * others still run.
 */
export function createEventHub<Events extends object>(
  onError: (event: keyof Events, error: unknown) => void,
): EventHub<Events> {
  const listeners = new Map<keyof Events, ((payload: never) => void)[]>();
  return {
    on: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    emit: (event, payload) => {
      for (const listener of listeners.get(event) ?? []) {
        try {
          listener(payload as never);
        } catch (error) {
          onError(event, error);
        }
      }
    },
  };
}
