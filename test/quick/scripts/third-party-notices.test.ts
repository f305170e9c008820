import { expect, test } from 'vitest';
import { noticesText, readLockedPackages, unknownLicenses } from '../../../scripts/third-party-notices.ts';

const packagesWith = (license: string | undefined, name = 'a') =>
  readLockedPackages({ packages: { '': {}, [`node_modules/b/node_modules/${name}`]: { version: '1.0.0', license } } });

test.each(['MIT', 'MIT OR Apache-2.0', '(WTFPL OR MIT)', 'Apache-2.0 AND MIT', 'GPL-3.0-only OR MIT'])(
  '%s needs no notice',
  (license) => {
    expect(unknownLicenses(packagesWith(license))).toEqual([]);
    expect(noticesText(packagesWith(license))).not.toContain('| 1.0.0 |');
  },
);

test.each(['MPL-2.0', 'LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later AND MIT'])('%s gets one', (license) => {
  expect(unknownLicenses(packagesWith(license))).toEqual([]);
  expect(noticesText(packagesWith(license))).toContain(`| \`a\` | 1.0.0 | ${license} | server and command line |\n`);
});

test.each([
  ['GPL-3.0-only', 'a 1.0.0: GPL-3.0-only'],
  ['MIT AND EPL-2.0', 'a 1.0.0: EPL-2.0'],
  [undefined, 'a 1.0.0: none stated'],
])('%s is reported, because nobody has looked at it', (license, line) => {
  expect(unknownLicenses(packagesWith(license))).toEqual([line]);
});

test('a package that states its license elsewhere is known by name', () => {
  expect(unknownLicenses(packagesWith(undefined, 'combine-errors'))).toEqual([]);
});
