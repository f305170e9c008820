import { expect, test } from 'vitest';
import { parseSpeed, speedFields } from '../../../../renderer/features/settings/settings-rules.ts';
import { settingsSchema } from '../../../../shared/contract/settings.ts';

test.each([
  ['2', 'MB/s', 2_000_000],
  ['1.5', 'MB/s', 1_500_000],
  ['1,5', 'MB/s', 1_500_000],
  [' 800 ', 'kB/s', 800_000],
] as const)('a limit of %s %s is accepted', (text, unit, bytes) => {
  expect(parseSpeed({ text, unit })).toEqual({ ok: true, value: bytes });
  expect(settingsSchema.shape.uploadLimitBytesPerSecond.safeParse(bytes).success).toBe(true);
});

test.each([
  ['', 'MB/s', /Enter a number/],
  ['fast', 'MB/s', /Enter a number/],
  ['-1', 'MB/s', /Enter a number/],
  ['1e3', 'MB/s', /Enter a number/],
  ['0', 'MB/s', /at least 16\.4 kB\/s/],
  ['16', 'kB/s', /at least/],
  ['20000', 'MB/s', /at most/],
] as const)('a limit of "%s" %s is refused with the reason', (text, unit, reason) => {
  const parsed = parseSpeed({ text, unit });
  expect(parsed.ok ? '' : parsed.failure).toMatch(reason);
});

test.each([16_384, 123_456, 999_999, 1_000_000, 2_500_000, 10_737_418_240])(
  'a limit of %i bytes per second is shown exactly',
  (bytes) => {
    expect(parseSpeed(speedFields(bytes))).toEqual({ ok: true, value: bytes });
  },
);
