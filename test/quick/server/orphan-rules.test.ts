import { expect, test } from 'vitest';
import { isOver, sweepStopOf } from '../../../server/features/housekeeping/orphan-rules.ts';

const facts = { hasVersions: true, files: 5000, orphans: 0, over: 0, allowed: null };

test('a sweep stops if more than a hundredth of the files belong to no version', () => {
  expect(sweepStopOf({ ...facts, orphans: 50 })).toBeNull();
  expect(sweepStopOf({ ...facts, orphans: 51 })).toBe('too-many');
});

test('among few files a sweep takes what one crash may leave, and no more', () => {
  expect(sweepStopOf({ ...facts, files: 40, orphans: 10 })).toBeNull();
  expect(sweepStopOf({ ...facts, files: 40, orphans: 11 })).toBe('too-many');
});

test('an operator may allow a number of files, and exactly that', () => {
  expect(sweepStopOf({ ...facts, orphans: 300, allowed: 300 })).toBeNull();
  expect(sweepStopOf({ ...facts, orphans: 301, allowed: 300 })).toBe('too-many');
});

test('a sweep of a database without avatars stops, whatever an operator allows', () => {
  const empty = { ...facts, hasVersions: false, files: 1, allowed: 100 };
  expect(sweepStopOf({ ...empty, orphans: 1 })).toBe('no-avatars');
  expect(sweepStopOf({ ...empty, over: 1 })).toBe('no-avatars');
  expect(sweepStopOf(empty)).toBeNull();
});

test('a file stays in the quarantine for all of its days', () => {
  const now = new Date('2026-11-30T00:00:01Z');
  expect(isOver('2026-10-31', { now, quarantineDays: 30 })).toBe(false);
  expect(isOver('2026-10-30', { now, quarantineDays: 30 })).toBe(true);
});
