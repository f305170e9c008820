import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type LockedPackages = Readonly<Record<string, LockedPackage>>;

function readLock(): LockedPackages {
  const text = readFileSync(join(import.meta.dirname, '../../../package-lock.json'), 'utf8');
  return (JSON.parse(text) as { readonly packages: LockedPackages }).packages;
}

/** Whether `name` resolves from the package at `from`: its own node_modules first, then those of the folders above. */
function isLocked(packages: LockedPackages, from: string, name: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(place.lastIndexOf('/node_modules/'), 0))) {
    if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in packages) return true;
    if (place === '') return false;
  }
}

describe('package-lock.json', () => {
  // npm before 11.3 leaves out the builds for platforms other than its own when it updates an existing lock file.
  it('contains every optional platform package that a locked package names', () => {
    const packages = readLock();
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(packages, from, name))
        .map((name) => `${from} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names the macOS and Windows builds of the native tools that the build needs', () => {
    const names = Object.keys(readLock());
    for (const tool of ['@biomejs/cli', '@oxlint/binding', '@swc/core', '@tailwindcss/oxide', '@oxc-parser/binding']) {
      for (const platform of ['darwin-arm64', 'win32-x64']) {
        expect(names.filter((name) => name.startsWith(`node_modules/${tool}-${platform}`))).not.toEqual([]);
      }
    }
  });
});
