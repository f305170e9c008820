import { describe, expect, test } from 'vitest';
import { formatWhen } from '../../../../renderer/components/format-time.ts';

/** Local times, so that the test passes in every time zone. */
const local = (...parts: [number, number, number, number, number]): Date => new Date(...parts);
const now = local(2026, 10, 23, 15, 30);

describe('formatWhen', () => {
  test.each([
    [local(2026, 10, 23, 14, 2), '14:02'],
    [local(2026, 10, 22, 23, 59), 'Sun 23:59'],
    [local(2026, 10, 18, 9, 5), 'Wed 09:05'],
    [local(2026, 10, 12, 9, 5), '12 Nov'],
    [local(2025, 10, 12, 9, 5), '12 Nov 2025'],
    // If the clock of another computer is ahead, its times must not look like last week.
    [local(2026, 10, 25, 9, 5), '25 Nov'],
  ])('shows %s as %s', (date, expected) => {
    expect(formatWhen(date.toISOString(), now)).toBe(expected);
  });
});
