import { posix, win32 } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readName } from '../../../../main/opening/read-name.ts';
import { formatGabinetLink, readGabinetLink } from '../../../../shared/domain/gabinet-link.ts';
import { avatarUuidSchema } from '../../../../shared/domain/ids.ts';
import { propertyRuns, testSeed } from '../../../support/property-runs.ts';

const uuid = fc.uuid();
const target = fc.record({
  projectUuid: uuid,
  avatarUuid: fc.option(
    uuid.map((one) => avatarUuidSchema.parse(one)),
    { nil: null },
  ),
});
/** Pieces from which attacks on such links are made, and anything else. */
const piece = fc.oneof(
  fc.constantFrom('gabinet:', 'GABINET:', '//', '/', '\\', '..', 'project', 'avatar', '%00', '%2f', '?', '#', '@', ':'),
  fc.constantFrom('"', ' --no-sandbox', '\0', '\n', '\u202e', 'file:', '\\\\host\\share', 'C:', 'javascript:'),
  uuid,
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const hostile = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));

describe(`names from outside (seed ${testSeed})`, () => {
  test('a link that is read is written the same again, so that nothing but its UUIDs is in it', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, target.map(formatGabinetLink)), (text) => {
        const read = readGabinetLink(text);
        if (read !== null) expect(formatGabinetLink(read)).toBe(text);
      }),
      propertyRuns(5000),
    );
  });

  test('every link that Gabinet writes is read', () => {
    fc.assert(
      fc.property(target, (one) => {
        expect(readGabinetLink(formatGabinetLink(one))).toEqual(one);
      }),
      propertyRuns(500),
    );
  });

  test('a link with one changed character is refused, or names another UUID', () => {
    fc.assert(
      fc.property(target, fc.nat(), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (one, at, other) => {
        const link = formatGabinetLink(one);
        const place = at % link.length;
        const changed = link.slice(0, place) + other + link.slice(place + 1);
        const read = readGabinetLink(changed);
        if (read !== null) expect(formatGabinetLink(read)).toBe(changed);
      }),
      propertyRuns(2000),
    );
  });

  test('a name never fails to be read, and a file is always an absolute path on this computer', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom<NodeJS.Platform>('linux', 'darwin', 'win32'), (name, platform) => {
        const isWindows = platform === 'win32';
        const thing = readName(name, isWindows ? 'C:\\work' : '/work', platform);
        if (thing.kind !== 'file') return;
        expect((isWindows ? win32 : posix).isAbsolute(thing.path)).toBe(true);
        expect(thing.path).not.toContain('\0');
        if (isWindows) expect(thing.path).toMatch(/^[A-Za-z]:\\/);
      }),
      propertyRuns(5000),
    );
  });
});
