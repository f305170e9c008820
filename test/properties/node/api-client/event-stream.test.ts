import { array, assert, constantFrom, nat, oneof, property, record, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../../../node/api-client/event-stream.ts';
import { cutAt, parsePieces } from '../../../support/event-stream-pieces.ts';
import { propertyRuns, testSeed } from '../../../support/property-runs.ts';

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
        expect(parsePieces(...cutAt(whole, places))).toEqual(parsePieces(whole));
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
        expect(parsePieces(...cutAt(events.map(write).join(''), places))).toEqual(events);
      }),
      propertyRuns(300),
    );
  });
});
