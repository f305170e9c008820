import { describe, expect, it } from 'vitest';
import {
  createEventStreamParser,
  EventStreamTooLong,
  MAX_EVENT_CHARS,
} from '../../../../node/api-client/event-stream.ts';
import { cutAt, parsePieces } from '../../../support/event-stream-pieces.ts';

describe('createEventStreamParser', () => {
  it('reads an event with its name', () => {
    expect(parsePieces('event: change\ndata: {"seq":1}\n\n')).toEqual([{ name: 'change', data: '{"seq":1}' }]);
  });

  it('skips comments, IDs, retry times and unknown fields', () => {
    expect(parsePieces(': heartbeat\n\nid: 7\nretry: 10\nother: x\ndata: a\n\n')).toEqual([
      { name: 'message', data: 'a' },
    ]);
  });

  it('joins the data lines of an event, including empty ones, without one space after the colon', () => {
    expect(parsePieces('data:  a\ndata:b\ndata\n\n')).toEqual([{ name: 'message', data: ' a\nb\n' }]);
  });

  it('discards the name of an event without data', () => {
    expect(parsePieces('event: change\n\ndata: a\n\n')).toEqual([{ name: 'message', data: 'a' }]);
  });

  it('returns no event if the end of the stream cuts it off', () => {
    expect(parsePieces('data: a\n')).toEqual([]);
  });

  it('skips a byte order mark only at the very beginning', () => {
    expect(parsePieces('\uFEFFdata: a\n\n\uFEFFdata: b\n\n')).toEqual([{ name: 'message', data: 'a' }]);
  });

  it.each(['\n', '\r', '\r\n'])('accepts %j as the end of a line, cut between any two characters', (end) => {
    const text = ['event: change', 'data: 1', '', 'data: 2', ': x', '', ''].join(end);
    const expected = [
      { name: 'change', data: '1' },
      { name: 'message', data: '2' },
    ];
    for (let place = 0; place <= text.length; place += 1)
      expect(parsePieces(...cutAt(text, [place]))).toEqual(expected);
    expect(parsePieces(...Array.from(text))).toEqual(expected);
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
