import { open } from 'node:fs/promises';
import { fileHandleSource } from '../../node/file-handle-source.ts';
import type { ByteSource } from '../../shared/gab/byte-source.ts';
import { readThumbnail } from '../../shared/gab/read-thumbnail.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import { testCodec } from '../support/inspect-bytes.ts';
import { type Figure, median } from './figures.ts';
import type { BenchFiles } from './measure-speed.ts';

const ROUNDS = 21;
/** A person does not notice a shorter delay. */
const GOAL_MS = 16;

/** How much of a dropped bundle is read to show its thumbnail, and how long that takes. */
export async function measureThumbnail({ path }: BenchFiles): Promise<Figure[]> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const source = fileHandleSource(handle, size);
    let lastByte = 0;
    const watched: ByteSource = {
      size,
      read: (offset, length) => {
        lastByte = Math.max(lastByte, offset + length);
        return source.read(offset, length);
      },
    };
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedAt = performance.now();
      const thumbnail = await readThumbnail(watched, testCodec);
      times.push(performance.now() - startedAt);
      if (!thumbnail) throw new Error('the big bundle has no thumbnail');
    }
    return [
      { name: 'thumbnail-last-byte-mib', value: lastByte / MIB, goal: 1 },
      { name: 'thumbnail-ms', value: median(times), goal: GOAL_MS },
    ];
  } finally {
    await handle.close();
  }
}
