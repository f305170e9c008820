import { expect, test } from 'vitest';
import { identityFrom } from '../../../server/features/accounts/oidc/provider-identity.ts';
import { isLine } from '../../../shared/lib/text.ts';

const claims = { iss: 'https://id.example', sub: '7', email: 'nora@aurora.example' };

test.each([
  ['Nora', 'Nora'],
  // The 80th character would be half of a picture.
  [`${'x'.repeat(79)}😀`, 'x'.repeat(79)],
  // Names that cannot be stored are not taken.
  ['No\u0000ra', 'nora@aurora.example'],
  ['Nora \u202e', 'nora@aurora.example'],
])('the name %j of the provider becomes %j', (name, expected) => {
  const identity = identityFrom({ ...claims, name }, 'groups');
  expect(identity).toMatchObject({ ok: true, value: { name: expected } });
  expect(isLine(expected)).toBe(true);
});

test('a subject that cannot be stored is refused', () => {
  expect(identityFrom({ ...claims, sub: 'a\u0000b' }, 'groups')).toMatchObject({
    ok: false,
    failure: { code: 'provider_refused' },
  });
});
