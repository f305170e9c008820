import { describe, expect, test } from 'vitest';
import {
  describeOperation,
  describeOutboxChange,
  describePending,
  editedFieldsOf,
  fieldText,
  operationState,
  outboxHeadline,
} from '../../../../renderer/stores/operation-rules.ts';
import { operationView } from '../../../support/views.ts';

const madeAt = '2026-11-01T10:00:00.000Z';
const atOnceMs = Date.parse(madeAt) + 100;
const laterMs = Date.parse(madeAt) + 60_000;
const failure = { code: 'not_found', title: 'It is not there any more', detail: '' };

describe('what was meant, in words', () => {
  test.each([
    ['Make Mara v7 live', {}],
    ['Make none live', { avatarUuid: null, subject: null }],
    ['Make an avatar that is gone live', { subject: null }],
    ['Change the name of Mara v7', { kind: 'edit', fields: { name: 'Otto' } }],
    [
      'Change the name, tags, and description of Mara v7',
      { kind: 'edit', fields: { description: '', tags: [], name: 'Otto' } },
    ],
    ['Move Mara v7 to the trash', { kind: 'trash' }],
    ['Restore Mara v7', { kind: 'restore' }],
  ] as const)('%s', (words, change) => {
    expect(describeOperation(operationView(change as Parameters<typeof operationView>[0]))).toBe(words);
  });

  test('each state has a word of its own', () => {
    const words = (['waiting', 'sending', 'refused', 'conflict'] as const).map(
      (state) => operationState({ state }).label,
    );
    expect(new Set(words).size).toBe(4);
  });

  test('fields stand in the order of the inspector; an empty one says so', () => {
    const fields = { description: '', tags: ['formal', 'desk'], name: 'Otto' };
    expect(editedFieldsOf(fields)).toEqual(['name', 'tags', 'description']);
    expect(editedFieldsOf(fields).map((field) => fieldText(fields, field))).toEqual(['Otto', 'formal, desk', 'none']);
    expect(editedFieldsOf(null)).toEqual([]);
    expect(fieldText({ tags: [] }, 'tags')).toBe('none');
  });
});

describe('what waits, in one line', () => {
  test('waiting, refused and asked are counted apart', () => {
    const operations = [
      operationView(),
      operationView({ state: 'sending' }),
      operationView({ state: 'refused', failure }),
      operationView({ state: 'conflict' }),
    ];
    expect(outboxHeadline(operations)).toBe('2 changes wait, 1 change refused, 1 change needs your choice');
    expect(outboxHeadline([])).toBe('');
  });

  test.each([
    [3, 2, '3 changes and 2 uploads wait for the server.'],
    [1, 0, '1 change waits for the server.'],
    [0, 1, '1 upload waits for the server.'],
    [1, 1, '1 change and 1 upload wait for the server.'],
    [0, 0, null],
  ])('%i changes and %i uploads', (changes, uploads, words) => {
    expect(describePending(changes, uploads)).toBe(words);
  });
});

describe('what screen readers are told of the outbox', () => {
  const activation = operationView({ createdAt: madeAt });
  const edit = operationView({ kind: 'edit', fields: { name: 'Otto' }, createdAt: madeAt });

  test('what is live once the server has it', () => {
    expect(describeOutboxChange([activation], [], atOnceMs)).toBe('Mara v7 is live');
    const none = operationView({ avatarUuid: null, subject: null });
    expect(describeOutboxChange([none], [], atOnceMs)).toBe('Nothing is live');
  });

  test('an edit that arrives at once is no news; one that waited is', () => {
    expect(describeOutboxChange([edit], [], atOnceMs)).toBe('');
    expect(describeOutboxChange([edit], [], laterMs)).toBe('Change the name of Mara v7: done');
  });

  test('many that arrive are one sentence', () => {
    expect(describeOutboxChange([edit, activation], [], laterMs)).toBe('2 changes are on the server');
  });

  test('a conflict and a refusal are told once', () => {
    const conflict = { ...activation, state: 'conflict' } as const;
    expect(describeOutboxChange([activation], [conflict], laterMs)).toMatch(/^Somebody else switched/);
    expect(describeOutboxChange([conflict], [conflict], laterMs)).toBe('');
    const refused = { ...edit, state: 'refused', failure } as const;
    expect(describeOutboxChange([edit], [refused], laterMs)).toBe(
      'Change the name of Mara v7: It is not there any more',
    );
  });

  test('many that are parked at once are counted', () => {
    const parked = [1, 2, 3].map(() => operationView({ state: 'refused', failure }));
    expect(describeOutboxChange([], parked, laterMs)).toBe('3 changes refused');
  });

  test('a parked one that is dropped has not arrived', () => {
    expect(describeOutboxChange([{ ...activation, state: 'conflict' }], [], laterMs)).toBe('');
  });
});
