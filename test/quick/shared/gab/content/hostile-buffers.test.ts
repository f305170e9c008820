import { afterEach, describe, expect, it, vi } from 'vitest';
import { GltfCheck } from '../../../../../shared/gab/content/gltf/gltf-check.ts';
import { ValueRange } from '../../../../../shared/gab/content/gltf/value-range.ts';
import { checkModelFile } from '../../../../support/model-findings.ts';
import { packGlb } from '../../../../support/pack-glb.ts';
import type { LooseJson } from '../../../../support/vrm-json.ts';

const VIEW_BYTES = 1024 * 1024;
const view = { buffer: 0, byteLength: VIEW_BYTES };

function makeJson(accessors: number, buffers: LooseJson[]): LooseJson {
  const accessor = { bufferView: 0, componentType: 5121, count: VIEW_BYTES, type: 'SCALAR' };
  return {
    asset: { version: '2.0' },
    buffers,
    bufferViews: [view],
    accessors: Array.from({ length: accessors }, () => accessor),
  };
}

async function errorsOf(json: LooseJson, binary: Buffer): Promise<unknown[]> {
  const bytes = packGlb(json, binary);
  const findings = await checkModelFile(bytes, bytes.byteLength);
  return findings.flatMap(({ code, params }) => (code.startsWith('GAB_E') ? [params?.reason] : []));
}

afterEach(() => void vi.restoreAllMocks());

describe('how often the bytes of a model are read is limited by the bytes that exist', () => {
  const fallback = { byteLength: 1e15, extensions: { EXT_meshopt_compression: { fallback: true } } };
  it.each<readonly [what: string, accessors: number, buffers: LooseJson[], binaryBytes: number]>([
    ['its only buffer declares more', 20, [{ byteLength: 1e15 }], VIEW_BYTES],
    ['another buffer has no content', 20, [{ byteLength: VIEW_BYTES }, fallback], VIEW_BYTES],
    [
      'another buffer has less content than it declares',
      20,
      [{ byteLength: VIEW_BYTES }, { byteLength: 1e15, uri: 'data:application/octet-stream;base64,AAAA' }],
      VIEW_BYTES,
    ],
    // No file of a bundle has more than 64 MiB.
    ['the header of its binary part declares 4 GiB', 1100, [{ byteLength: 1e15 }], 2 ** 32 - 4],
  ])('also if %s', (_, accessors, buffers, binaryBytes) => {
    const reasons = (count: number) =>
      new GltfCheck(makeJson(count, buffers), binaryBytes).finish().map(({ params }) => params?.reason);
    expect(reasons(accessors)).toContain('overlap');
    expect(reasons(16)).not.toContain('overlap');
  });

  it('and nothing is read if the first buffer is damaged', async () => {
    const take = vi.spyOn(ValueRange.prototype, 'take');
    const binary = Buffer.alloc(VIEW_BYTES);
    expect(await errorsOf(makeJson(2, [{ byteLength: 1e15 }]), binary)).toEqual(['buffer-shorter']);
    expect(take).not.toHaveBeenCalled();
    expect(await errorsOf(makeJson(2, [{ byteLength: VIEW_BYTES }]), binary)).toEqual([]);
    expect(take).toHaveBeenCalled();
  });
});

describe('a first buffer that is longer than the binary part', () => {
  const compressed = (buffer: number, source: number) => ({
    ...view,
    buffer,
    extensions: {
      EXT_meshopt_compression: {
        buffer: source,
        byteLength: 36,
        byteStride: 4,
        count: VIEW_BYTES / 4,
        mode: 'ATTRIBUTES',
      },
    },
  });
  const other = { byteLength: 36, uri: `data:application/octet-stream;base64,${'A'.repeat(48)}` };

  async function errorsWith(extension: object, views: LooseJson[]): Promise<unknown[]> {
    const first = { byteLength: VIEW_BYTES, extensions: { EXT_meshopt_compression: extension } };
    const json = makeJson(0, [first, other]);
    return errorsOf({ ...json, extensionsUsed: ['EXT_meshopt_compression'], bufferViews: views }, Buffer.alloc(36));
  }

  it('is allowed as a fallback that only the decoder fills', async () => {
    expect(await errorsWith({ fallback: true }, [compressed(0, 1)])).toEqual([]);
  });

  it.each<readonly [what: string, extension: object, views: LooseJson[]]>([
    ['that is not marked', {}, [compressed(0, 1)]],
    ['that is marked with something else than true', { fallback: 1 }, [compressed(0, 1)]],
    ['with a plain view', { fallback: true }, [compressed(0, 1), view]],
    ['with compressed data', { fallback: true }, [compressed(0, 0)]],
  ])('is damaged if it is one %s', async (_, extension, views) => {
    expect(await errorsWith(extension, views)).toContain('buffer-shorter');
  });
});
