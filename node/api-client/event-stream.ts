/** One event of a `text/event-stream`. */
export interface StreamEvent {
  /** `message` if the server gave no name. */
  readonly name: string;
  readonly data: string;
}

export interface EventStreamParser {
  /**
   * Takes the next characters and returns the events that they complete. Throws
   * `EventStreamTooLong`.
   */
  push(text: string): readonly StreamEvent[];
}

/** A change feed never sends longer lines or events; anything longer would only fill memory. */
export const MAX_EVENT_CHARS = 64 * 1024;

export class EventStreamTooLong extends Error {}

/**
 * Parses `text/event-stream` from chunks that may be cut anywhere. Skips comments (heartbeats), IDs
 * and retry times. An event without data, or cut off by the end of the stream, is not reported
 * (WHATWG HTML, 9.2.6 *Interpreting an event stream*).
 */
export function createEventStreamParser(): EventStreamParser {
  return new LineParser();
}

class LineParser implements EventStreamParser {
  /** A line that has not ended yet. */
  #rest = '';
  #isFirst = true;
  /** The last line ended with CR, so a following LF belongs to it. */
  #skipsLineFeed = false;
  #name = '';
  #data: string[] = [];
  #dataChars = 0;

  push(text: string): readonly StreamEvent[] {
    const events: StreamEvent[] = [];
    for (const line of this.#lines(text)) {
      const event = this.#take(line);
      if (event !== null) events.push(event);
    }
    if (this.#rest.length > MAX_EVENT_CHARS) throw new EventStreamTooLong();
    return events;
  }

  #lines(text: string): readonly string[] {
    if (text === '') return [];
    let fresh = this.#isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.#isFirst = false;
    if (this.#skipsLineFeed && fresh.startsWith('\n')) fresh = fresh.slice(1);
    if (fresh !== '' || text === '\n') this.#skipsLineFeed = fresh.endsWith('\r');
    const lines = (this.#rest + fresh).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? '';
    return lines;
  }

  #take(line: string): StreamEvent | null {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#addData(value);
    return null;
  }

  #addData(value: string): void {
    this.#data.push(value);
    this.#dataChars += value.length + 1;
    if (this.#dataChars > MAX_EVENT_CHARS) throw new EventStreamTooLong();
  }

  #dispatch(): StreamEvent | null {
    const [name, data] = [this.#name, this.#data];
    this.#name = '';
    this.#data = [];
    this.#dataChars = 0;
    return data.length === 0 ? null : { name: name === '' ? 'message' : name, data: data.join('\n') };
  }
}
