import { expect, test } from 'vitest';
import { whyNotActivatable } from '../../../../renderer/stores/library/version-labels.ts';
import { versionView } from '../../../support/views.ts';

test('an activatable version has no reason against it', () => {
  expect(whyNotActivatable(versionView())).toBeNull();
});

test('an opaque file cannot be activated because it is not a bundle', () => {
  expect(whyNotActivatable(versionView({ activatable: false, container: 'opaque' }))).toContain("isn't a bundle");
});

test('a version with errors cannot be activated, and the reason counts them', () => {
  const error = { code: 'GAB_E_CRC', severity: 'error' } as const;
  expect(whyNotActivatable(versionView({ activatable: false, issues: [error] }))).toContain('fix 1 error first');
  expect(whyNotActivatable(versionView({ activatable: false, issues: [error, error] }))).toContain(
    'fix 2 errors first',
  );
});
