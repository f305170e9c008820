import { expect, test } from 'vitest';
import { createPageErrors } from '../../../../main/diagnostics/page-errors.ts';
import { describePageError } from '../../../../renderer/stores/shell/page-errors.ts';
import { pageErrorSchema } from '../../../../shared/contract/diagnostics.ts';

function reporter() {
  const lines: string[] = [];
  let nowMs = 0;
  const write = (message: string, details?: object) => void lines.push(`${message} ${JSON.stringify(details)}`);
  const errors = createPageErrors({ info: write, warn: write, error: write }, () => nowMs);
  return {
    lines,
    report: (message: string) => errors.report({ kind: 'thrown', message, stack: '' }),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('twenty errors of the page within a minute are written; of the others only how many there were', () => {
  const { lines, report, pass } = reporter();
  for (let count = 1; count <= 50; count += 1) report(`error ${count}`);
  expect(lines).toHaveLength(20);
  expect(lines[19]).toContain('error 20');
  pass(60_000);
  report('a minute later');
  expect(lines.slice(20)).toEqual([
    'Further errors of the page were not written {"count":30}',
    'An error of the page {"kind":"thrown","message":"a minute later","stack":""}',
  ]);
});

test('an error of the page fits its channel, whatever was thrown', () => {
  const error = new TypeError('x'.repeat(10_000));
  const described = describePageError('drawn', error, '\n    at Card\n    at Grid');
  expect(pageErrorSchema.parse(described)).toEqual(described);
  expect(described.message).toMatch(/^TypeError: x/);
  expect(describePageError('rejected', new Error('lost'), 'at Card').stack).toMatch(/Error: lost\n.*at Card$/s);
  expect(describePageError('rejected', 'only a text')).toEqual({ kind: 'rejected', message: 'only a text', stack: '' });
  expect(describePageError('rejected', undefined).message).toBe('undefined');
});
