import type { ApiClient } from '../../node/api-client/api-client.ts';
import type { ApiFailure } from '../../node/api-client/api-failure.ts';
import { createEventStreamParser, EventStreamTooLong, type StreamEvent } from '../../node/api-client/event-stream.ts';
import { CHANGE_EVENT, type ChangeEvent, changeEventSchema, changeEvents } from '../../shared/api/changes.ts';

/**
 * How a stream ended. `blocked`: something on the way does not pass it on, or the response is not
 * an event stream.
 */
export type StreamEnd =
  | { readonly kind: 'closed' | 'blocked' | 'silent' | 'stopped' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

export interface StreamReading {
  readonly api: ApiClient;
  /** Ends the stream with `stopped`. */
  readonly signal: AbortSignal;
  /**
   * A stream without any data for this long, not even a heartbeat, is dead, even if its socket is
   * open.
   */
  readonly silenceLimitMs: number;
  readonly onEvent: (event: ChangeEvent) => void;
}

/** Opens the stream of change numbers once and reads it to its end. */
export async function readEventStream(reading: StreamReading): Promise<StreamEnd> {
  const silence = watchForSilence(reading);
  try {
    const response = await reading.api.request({
      route: changeEvents,
      options: { headers: { accept: 'text/event-stream' } },
      signal: silence.signal,
    });
    if (!response.ok) return silence.endOf(response.failure);
    if (!isEventStream(response.value)) {
      await response.value.body?.cancel();
      return { kind: 'blocked' };
    }
    return await readEvents(response.value, reading, silence);
  } finally {
    silence.end();
  }
}

interface Silence {
  readonly signal: AbortSignal;
  broken(): void;
  end(): void;
  /** How the stream ended if a request failed, which may have been cut off from here. */
  endOf(failure: ApiFailure): StreamEnd;
}

/** Timers use monotonic time, so setting the clock changes nothing. */
function watchForSilence({ signal, silenceLimitMs }: StreamReading): Silence {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), silenceLimitMs);
  timer.unref();
  return {
    signal: AbortSignal.any([signal, silent.signal]),
    broken: () => void timer.refresh(),
    end: () => clearTimeout(timer),
    endOf: (failure) => {
      if (signal.aborted) return { kind: 'stopped' };
      if (silent.signal.aborted) return { kind: 'silent' };
      return failure.kind === 'cancelled' ? { kind: 'stopped' } : { kind: 'failed', failure };
    },
  };
}

/** A proxy that asks for a sign-in or reports an error responds with its own page. */
function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === 'text/event-stream';
}

async function readEvents(response: Response, reading: StreamReading, silence: Silence): Promise<StreamEnd> {
  const parser = createEventStreamParser();
  const decoder = new TextDecoder();
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { kind: 'closed' };
      silence.broken();
      for (const event of parser.push(decoder.decode(value, { stream: true }))) {
        if (!take(event, reading)) return await giveUp(reader);
      }
    }
  } catch (error) {
    if (error instanceof EventStreamTooLong) return giveUp(reader);
    return silence.endOf(reading.api.failureOf(error, silence.signal));
  }
}

/**
 * Returns false if this is not the requested stream. Events with other names are for later versions
 * of the application.
 */
function take({ name, data }: StreamEvent, { onEvent }: StreamReading): boolean {
  if (name !== CHANGE_EVENT) return true;
  const event = changeEventSchema.safeParse(parseJson(data));
  if (event.success) onEvent(event.data);
  return event.success;
}

async function giveUp(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<StreamEnd> {
  await reader.cancel();
  return { kind: 'blocked' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
