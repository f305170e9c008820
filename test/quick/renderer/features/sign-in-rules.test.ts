import { expect, test } from 'vitest';
import { fieldOf } from '../../../../renderer/features/sign-in/sign-in-rules.ts';
import type { Failure } from '../../../../shared/contract/failure.ts';

const serverUrl = 'https://gabinet.example.com';

test.each<readonly [Failure, string]>([
  [{ code: 'bad_server_address', problem: 'malformed' }, 'server'],
  [{ code: 'not_a_server', serverUrl, status: 404 }, 'server'],
  [{ code: 'offline', serverUrl, status: null }, 'server'],
  [{ code: 'invalid_credentials', detail: '' }, 'password'],
  [{ code: 'too_many_requests', detail: '' }, 'form'],
])('the failure $code is shown at this field: %s', (failure, field) => {
  expect(fieldOf(failure)).toBe(field);
});
