import { expect, test } from 'vitest';
import { fieldOf, sentenceOf } from '../../../../renderer/features/sign-in/sign-in-rules.ts';

const failure = (code: string) => ({ code, title: 'Title', detail: 'Detail.', hint: 'Hint.' });

test.each([
  ['bad_server_address', 'server'],
  ['not_a_server', 'server'],
  ['offline', 'server'],
  ['invalid_credentials', 'password'],
  ['too_many_requests', 'form'],
])('the failure %s is shown at this field: %s', (code, field) => {
  expect(fieldOf(failure(code))).toBe(field);
});

test('sentenceOf returns detail and hint, or the title if there is no detail', () => {
  expect(sentenceOf(failure('offline'))).toBe('Detail. Hint.');
  expect(sentenceOf({ code: 'offline', title: 'Title', detail: '' })).toBe('Title');
});
