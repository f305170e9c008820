import { expect, test } from 'vitest';
import { whyNotActivatable } from '../../../../renderer/stores/version-labels.ts';
import { versionView } from '../../../support/views.ts';

test('what can go live has no reason not to', () => {
  expect(whyNotActivatable(versionView())).toBeNull();
});

test('an opaque file says that it cannot be shown', () => {
  expect(whyNotActivatable(versionView({ activatable: false, container: 'opaque' }))).toContain('not a bundle');
});

test('errors are counted', () => {
  const error = { code: 'GAB_E_CRC', severity: 'error' } as const;
  expect(whyNotActivatable(versionView({ activatable: false, issues: [error] }))).toContain('1 error to fix');
  expect(whyNotActivatable(versionView({ activatable: false, issues: [error, error] }))).toContain('2 errors to fix');
});
