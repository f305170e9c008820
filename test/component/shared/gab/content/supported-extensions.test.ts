import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { SUPPORTED_EXTENSIONS } from '../../../../../shared/gab/content/supported-extensions.ts';

const require = createRequire(import.meta.url);

/** The table of the installed GLTFLoader, without glTF 1's container, which no file requires. */
function extensionsOfThree(): string[] {
  const source = readFileSync(require.resolve('three/examples/jsm/loaders/GLTFLoader.js'), 'utf8');
  const table = /\nconst EXTENSIONS = \{([^}]+)\}/.exec(source)?.[1] ?? '';
  return [...table.matchAll(/: '(\w+)'/g)].flatMap(([, name = '']) => (name === 'KHR_binary_glTF' ? [] : [name]));
}

/** Every extension that the code of the installed @pixiv packages names. */
function extensionsOfThreeVrm(): string[] {
  const scope = dirname(dirname(dirname(require.resolve('@pixiv/three-vrm'))));
  const names = readdirSync(scope)
    .filter((name) => name.startsWith('three-vrm'))
    .flatMap((name) => {
      const source = readFileSync(join(scope, name, 'lib', `${name}.module.js`), 'utf8');
      return [...source.replace(/\/\/# sourceMappingURL.*/, '').matchAll(/"(VRM(?:C_\w+)?)"/g)];
    });
  return [...new Set(names.map(([, name = '']) => name))];
}

it('the supported glTF extensions are those of the installed three and three-vrm', () => {
  const three = extensionsOfThree();
  const vrm = extensionsOfThreeVrm();
  // Found at all: the two expressions above depend on how the packages are written.
  expect(three.length).toBeGreaterThan(20);
  expect(vrm).toContain('VRMC_springBone_extended_collider');
  expect([...SUPPORTED_EXTENSIONS].toSorted()).toEqual([...three, ...vrm].toSorted());
});
