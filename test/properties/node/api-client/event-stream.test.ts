import { array, assert, constantFrom, nat, oneof, property, record, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventStreamParser, type StreamEvent } from '../../../../node/api-client/event-stream.ts';
import { propertyRuns, testSeed } from '../../../support/property-runs.ts';

function parse(...chunks: readonly string[]): StreamEvent[] {
  const parser = createEventStreamParser();
  return chunks.flatMap((chunk) => [...parser.push(chunk)]);
}

/** Splits a text at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const sorted = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...sorted, text.length].map((end, index) => text.slice(sorted[index - 1] ?? 0, end));
}

describe('createEventStreamParser', () => {
  it(`returns the same events however the text is split (seed ${testSeed})`, () => {
    const lineEnd = constantFrom('\n', '\r', '\r\n');
    const line = oneof(
      constantFrom('', '', 'event: change', 'data: {"seq":12}', 'data', ': heartbeat', 'data:  ü', 'id: 4', ':'),
      string({ maxLength: 12 }).map((text) => text.replaceAll(/[\r\n]/g, '')),
    );
    const text = array(tuple(line, lineEnd), { maxLength: 40 }).map((lines) => lines.flat().join(''));
    assert(
      property(text, array(nat(), { maxLength: 30 }), (whole, places) => {
        expect(parse(...cut(whole, places))).toEqual(parse(whole));
      }),
      propertyRuns(500),
    );
  });

  it(`returns the events that were written (seed ${testSeed})`, () => {
    const event = record({
      name: constantFrom('message', 'change'),
      data: array(string({ maxLength: 10 }).map((text) => text.replaceAll(/[\r\n]/g, ''))).map((l) => l.join('\n')),
    });
    const write = ({ name, data }: StreamEvent) =>
      `event: ${name}\n${data
        .split('\n')
        .map((line) => `data: ${line}\n`)
        .join('')}\n`;
    assert(
      property(array(event), array(nat(), { maxLength: 20 }), (events, places) => {
        expect(parse(...cut(events.map(write).join(''), places))).toEqual(events);
      }),
      propertyRuns(300),
    );
  });
});
