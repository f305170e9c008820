import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StreamWriter } from '../../../server/features/uploads/sessions/stream-writer.ts';

async function tempFile() {
  const folder = await mkdtemp(join(tmpdir(), 'gabinet-stream-'));
  const path = join(folder, 'stream');
  const file = await open(path, 'w');
  onTestFinished(async () => {
    await file.close();
    await rm(folder, { recursive: true });
  });
  return { path, file };
}

const block = (letter: string, sizeBytes: number) => Buffer.alloc(sizeBytes, letter);

describe('the stream writer', () => {
  it('writes blocks of any size in order from its position', async () => {
    const { path, file } = await tempFile();
    await file.write(block('-', 3), 0, 3, 0);
    const writer = new StreamWriter(file, 3);
    const blocks = ['a', 'b', 'c', 'd'].map((letter, index) => block(letter, 1 + index * 900_000));
    const all = Buffer.concat([block('-', 3), ...blocks]);
    for (const one of blocks) await writer.write(one);
    await writer.finish();
    expect((await readFile(path)).equals(all)).toBe(true);
  });

  it('releases the memory of a written block, unless it is a part of a larger buffer', async () => {
    const { file } = await tempFile();
    const writer = new StreamWriter(file, 0);
    const [own, other] = [block('a', 70_000), block('b', 70_000)];
    await writer.write(own);
    await writer.write(other.subarray(1));
    await writer.finish();
    expect([own.byteLength, other.byteLength]).toEqual([0, 70_000]);
  });

  it('continues after a partial write', async () => {
    const { path, file } = await tempFile();
    const taken: number[] = [];
    const slow = new Proxy(file, {
      get: (target, name) => {
        if (name !== 'writev') return Reflect.get(target, name);
        return async (blocks: Buffer[], position: number) => {
          const part = Buffer.concat(blocks).subarray(0, 700);
          taken.push(part.byteLength);
          const { bytesWritten } = await target.writev([part], position);
          return { bytesWritten, buffers: blocks };
        };
      },
    });
    const writer = new StreamWriter(slow, 0);
    await writer.write(block('a', 1000));
    await writer.write(block('b', 1000));
    await writer.finish();
    expect((await readFile(path)).equals(Buffer.concat([block('a', 1000), block('b', 1000)]))).toBe(true);
    expect(taken.length).toBeGreaterThan(2);
  });

  it('writes nothing after a failed write, and rejects every later block', async () => {
    const { path, file } = await tempFile();
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    let writes = 0;
    const failing = new Proxy(file, {
      get: (target, name) => {
        if (name !== 'writev') return Reflect.get(target, name);
        return async (blocks: Buffer[], position: number) => {
          writes += 1;
          if (writes === 1) throw full;
          return target.writev(blocks, position);
        };
      },
    });
    const writer = new StreamWriter(failing, 0);
    await writer.write(block('a', 10));
    await expect(writer.finish()).rejects.toBe(full);
    await expect(writer.write(block('b', 10))).rejects.toBe(full);
    await expect(writer.finish()).rejects.toBe(full);
    expect(await readFile(path, 'utf8')).toBe('');
    expect(writes).toBe(1);
  });
});
