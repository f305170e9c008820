import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DISK_RESERVE_BYTES, findLackOfSpace, freeBytesAt } from '../../../../main/files/free-space.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

describe('freeBytesAt', () => {
  it('returns the free bytes of the disk, also for a folder that does not exist yet', async () => {
    const folder = await tempFolder();
    expect(await freeBytesAt(folder)).toBeGreaterThan(0);
    expect(await freeBytesAt(join(folder, 'not', 'there'))).toBeGreaterThan(0);
  });

  it('returns null where there is no disk to ask', async () => {
    expect(await freeBytesAt('\0')).toBeNull();
  });

  it.runIf(process.platform === 'linux')('returns null for a file system that does not count its blocks', async () => {
    expect(await freeBytesAt('/proc')).toBeNull();
  });
});

describe('findLackOfSpace', () => {
  const need = { folder: '/downloads', neededBytes: 1000 };

  it('leaves the reserve free', async () => {
    expect(await findLackOfSpace(need, async () => DISK_RESERVE_BYTES + 1000)).toBeNull();
    const freeBytes = DISK_RESERVE_BYTES + 999;
    expect(await findLackOfSpace(need, async () => freeBytes)).toEqual({
      code: 'not_enough_space',
      ...need,
      freeBytes,
      reserveBytes: DISK_RESERVE_BYTES,
    });
  });

  it('refuses nothing if nothing is to be written, however little is free', async () => {
    expect(await findLackOfSpace({ ...need, neededBytes: 0 }, async () => 0)).toBeNull();
  });

  it('refuses nothing if the system does not say how much is free', async () => {
    expect(await findLackOfSpace(need, async () => null)).toBeNull();
  });
});
