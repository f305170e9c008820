import { expect, test } from 'vitest';
import { gauge, metricsText } from '../../../server/features/health/metrics-text.ts';

test('a family has its help, its type and one line per sample', () => {
  const samples = [
    { suffix: '_bucket', labels: { route: '/a/:b', le: '+Inf' }, value: 2 },
    { suffix: '_sum', value: 0.25 },
  ];
  const families = [gauge('up', 'Is up.', 1), { name: 'took', help: 'Seconds.', type: 'histogram', samples } as const];
  expect(metricsText(families)).toBe(
    '# HELP up Is up.\n# TYPE up gauge\nup 1\n' +
      '# HELP took Seconds.\n# TYPE took histogram\ntook_bucket{route="/a/:b",le="+Inf"} 2\ntook_sum 0.25\n',
  );
});

test('a label cannot end its line or its quotes', () => {
  const samples = [{ labels: { value: 'a"b\\c\nd' }, value: 1 }];
  expect(metricsText([{ name: 'x', help: 'X.', type: 'gauge', samples }])).toContain('x{value="a\\"b\\\\c\\nd"} 1\n');
});
