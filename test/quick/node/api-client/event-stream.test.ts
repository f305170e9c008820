import { describe, expect, it } from 'vitest';
import {
  createEventStreamParser,
  EventStreamTooLong,
  MAX_EVENT_CHARS,
  type StreamEvent,
} from '../../../../node/api-client/event-stream.ts';

function parse(...chunks: readonly string[]): StreamEvent[] {
  const parser = createEventStreamParser();
  return chunks.flatMap((chunk) => [...parser.push(chunk)]);
}

/** Cuts a text at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const sorted = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...sorted, text.length].map((end, index) => text.slice(sorted[index - 1] ?? 0, end));
}

describe('createEventStreamParser', () => {
  it('reads an event with its name', () => {
    expect(parse('event: change\ndata: {"seq":1}\n\n')).toEqual([{ name: 'change', data: '{"seq":1}' }]);
  });

  it('skips comments, IDs, retry times and unknown fields', () => {
    expect(parse(': heartbeat\n\nid: 7\nretry: 10\nother: x\ndata: a\n\n')).toEqual([{ name: 'message', data: 'a' }]);
  });

  it('joins the data lines of an event, including empty ones, without one space after the colon', () => {
    expect(parse('data:  a\ndata:b\ndata\n\n')).toEqual([{ name: 'message', data: ' a\nb\n' }]);
  });

  it('discards the name of an event without data', () => {
    expect(parse('event: change\n\ndata: a\n\n')).toEqual([{ name: 'message', data: 'a' }]);
  });

  it('returns no event if the end of the stream cuts it off', () => {
    expect(parse('data: a\n')).toEqual([]);
  });

  it('skips a byte order mark only at the very beginning', () => {
    expect(parse('\uFEFFdata: a\n\n\uFEFFdata: b\n\n')).toEqual([{ name: 'message', data: 'a' }]);
  });

  it.each(['\n', '\r', '\r\n'])('accepts %j as the end of a line, cut between any two characters', (end) => {
    const text = ['event: change', 'data: 1', '', 'data: 2', ': x', '', ''].join(end);
    const expected = [
      { name: 'change', data: '1' },
      { name: 'message', data: '2' },
    ];
    for (let place = 0; place <= text.length; place += 1) expect(parse(...cut(text, [place]))).toEqual(expected);
    expect(parse(...Array.from(text))).toEqual(expected);
  });

  it('refuses lines and events that are too long', () => {
    const parser = createEventStreamParser();
    expect(() => parser.push('x'.repeat(MAX_EVENT_CHARS + 1))).toThrow(EventStreamTooLong);
    const other = createEventStreamParser();
    expect(() => {
      for (let line = 0; line <= MAX_EVENT_CHARS; line += 1) other.push('data: xxxx\n');
    }).toThrow(EventStreamTooLong);
  });
});
