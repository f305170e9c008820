import { describe, expect, test } from 'vitest';
import {
  describeOperation,
  describeOutboxChange,
  describePending,
  editedFieldsOf,
  fieldText,
  operationState,
  outboxHeadline,
} from '../../../../renderer/stores/outbox/operation-rules.ts';
import { operationView } from '../../../support/views.ts';

const madeAt = '2026-11-01T10:00:00.000Z';
const atOnceMs = Date.parse(madeAt) + 100;
const laterMs = Date.parse(madeAt) + 60_000;
const failure = { code: 'not_found', detail: 'There is no such avatar.' } as const;

describe('describing an operation', () => {
  test.each([
    ['Make Mara v7 live', {}],
    ['Take the live avatar offline', { avatarUuid: null, subject: null }],
    ['Make a deleted avatar live', { subject: null }],
    ['Change the name of Mara v7', { kind: 'edit', fields: { name: 'Otto' } }],
    [
      'Change the name, tags, and description of Mara v7',
      { kind: 'edit', fields: { description: '', tags: [], name: 'Otto' } },
    ],
    ['Move Mara v7 to the trash', { kind: 'trash' }],
    ['Restore Mara v7', { kind: 'restore' }],
  ] as const)('is "%s"', (description, change) => {
    expect(describeOperation(operationView(change as Parameters<typeof operationView>[0]))).toBe(description);
  });

  test('each state has its own label', () => {
    const labels = (['waiting', 'sending', 'refused', 'conflict'] as const).map(
      (state) => operationState({ state }).label,
    );
    expect(new Set(labels).size).toBe(4);
  });

  test('edited fields come in the order of the details pane, and an empty value reads "none"', () => {
    const fields = { description: '', tags: ['formal', 'desk'], name: 'Otto' };
    expect(editedFieldsOf(fields)).toEqual(['name', 'tags', 'description']);
    expect(editedFieldsOf(fields).map((field) => fieldText(fields, field))).toEqual(['Otto', 'formal, desk', 'none']);
    expect(editedFieldsOf(null)).toEqual([]);
    expect(fieldText({ tags: [] }, 'tags')).toBe('none');
  });
});

describe('the outbox in one line', () => {
  test('pending, refused and conflicting changes are counted separately', () => {
    const operations = [
      operationView(),
      operationView({ state: 'sending' }),
      operationView({ state: 'refused', failure }),
      operationView({ state: 'conflict' }),
    ];
    expect(outboxHeadline(operations)).toBe('2 changes pending, 1 change needs your attention, 1 conflict');
    expect(outboxHeadline([])).toBe('');
  });

  test.each([
    [3, 2, '3 changes and 2 uploads pending.'],
    [1, 0, '1 change pending.'],
    [0, 1, '1 upload pending.'],
    [1, 1, '1 change and 1 upload pending.'],
    [0, 0, null],
  ])('the offline bar with %i changes and %i uploads', (changes, uploads, text) => {
    expect(describePending(changes, uploads)).toBe(text);
  });
});

describe('announcements about the outbox', () => {
  const activation = operationView({ createdAt: madeAt });
  const edit = operationView({ kind: 'edit', fields: { name: 'Otto' }, createdAt: madeAt });

  test('an activation that the server accepted is announced', () => {
    expect(describeOutboxChange([activation], [], atOnceMs)).toBe('Mara v7 is live');
    const none = operationView({ avatarUuid: null, subject: null });
    expect(describeOutboxChange([none], [], atOnceMs)).toBe('Nothing is live');
  });

  test('an edit that the server accepts at once is not announced; one that was pending for a while is', () => {
    expect(describeOutboxChange([edit], [], atOnceMs)).toBe('');
    expect(describeOutboxChange([edit], [], laterMs)).toBe('Change the name of Mara v7: done');
  });

  test('several accepted changes are announced in one sentence', () => {
    expect(describeOutboxChange([edit, activation], [], laterMs)).toBe('2 changes are on the server');
  });

  test('a conflict and a refusal are announced once', () => {
    const conflict = { ...activation, state: 'conflict' } as const;
    expect(describeOutboxChange([activation], [conflict], laterMs)).toMatch(/^Someone else changed/);
    expect(describeOutboxChange([conflict], [conflict], laterMs)).toBe('');
    const refused = { ...edit, state: 'refused', failure } as const;
    expect(describeOutboxChange([edit], [refused], laterMs)).toBe('Change the name of Mara v7: Not found');
  });

  test('several operations parked at once are only counted', () => {
    const parked = [1, 2, 3].map(() => operationView({ state: 'refused', failure }));
    expect(describeOutboxChange([], parked, laterMs)).toBe('3 changes need your attention');
  });

  test('a discarded parked operation is not announced as accepted', () => {
    expect(describeOutboxChange([{ ...activation, state: 'conflict' }], [], laterMs)).toBe('');
  });
});
