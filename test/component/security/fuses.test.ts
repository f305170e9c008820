import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { beforeEach, describe, expect, test } from 'vitest';
import { afterPack, FUSES, type PackedApplication, verifyFuses } from '../../../scripts/after-pack.ts';

/**
 * How Electron's executable stores its fuses: a sentinel, version and length, then one character
 * per fuse.
 */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const AS_SHIPPED = '011001011';

let packed: PackedApplication;
let program: string;

async function packProgram(wire: string): Promise<void> {
  const appOutDir = await mkdtemp(join(tmpdir(), 'gabinet-fuses-'));
  program = join(appOutDir, 'gabinet');
  const head = Buffer.concat([Buffer.alloc(5000, 'x'), Buffer.from(SENTINEL), Buffer.from([1, wire.length])]);
  await writeFile(program, Buffer.concat([head, Buffer.from(wire), Buffer.alloc(5000, 'y')]));
  packed = {
    appOutDir,
    electronPlatformName: 'linux',
    packager: { appInfo: { productFilename: 'Gabinet' }, executableName: 'gabinet' },
  };
}

beforeEach(() => packProgram(AS_SHIPPED));

describe('checklist 19: fuses', () => {
  test('every fuse has its expected setting', () => {
    expect(FUSES[FuseV1Options.RunAsNode]).toBe(false);
    expect(FUSES[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(false);
    expect(FUSES[FuseV1Options.EnableNodeCliInspectArguments]).toBe(false);
    expect(FUSES[FuseV1Options.OnlyLoadAppFromAsar]).toBe(true);
    expect(FUSES[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(true);
    expect(FUSES[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(false);
  });

  test('fuses are written to the packed executable and verified there', async () => {
    await expect(verifyFuses(program)).rejects.toThrow(/^Fuse \w+ of /);
    await afterPack(packed);
    await verifyFuses(program);
    expect((await readFile(program, 'latin1')).includes(`${SENTINEL}\u0001\u0009010011001`)).toBe(true);
  });

  test('packaging fails if a newer Electron adds a fuse without a setting', async () => {
    await packProgram(`${AS_SHIPPED}1`);
    await expect(afterPack(packed)).rejects.toThrow('strictlyRequireAllFuses');
  });

  test('packaging fails if the executable has no fuses', async () => {
    await writeFile(program, 'no sentinel');
    await expect(afterPack(packed)).rejects.toThrow('sentinel');
  });
});
