import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PreviewFailure, toFailure } from '../../../../renderer/preview-frame/failure.ts';
import { MAX_DRAWN_TRIANGLES, MAX_GRAPHICS_BYTES } from '../../../../renderer/preview-frame/limits.ts';
import { withoutEval } from '../../../../renderer/preview-frame/loaders/basis-without-eval.ts';
import { closedManager, isInside } from '../../../../renderer/preview-frame/loaders/closed-manager.ts';
import { readGlb } from '../../../../renderer/preview-frame/loaders/glb-json.ts';
import {
  estimateModelBytes,
  refuseTooMuch,
  textureBytes,
} from '../../../../renderer/preview-frame/loaders/graphics-memory.ts';
import { readSplatFacts } from '../../../../renderer/preview-frame/loaders/splat-facts.ts';
import { toVersion3 } from '../../../../renderer/preview-frame/loaders/spz-version-4.ts';
import { readSpzHeader } from '../../../../shared/gab/content/spz-header.ts';
import { avifModel, dracoModel, ktx2Model, webpModel } from '../../../support/compressed-models.ts';
import { makeGlb, makePng } from '../../../support/sample-assets.ts';
import { makeSpz } from '../../../support/sample-splats.ts';
import { makeVisiblePly, makeVisibleSpz, makeVisibleSpz4 } from '../../../support/visible-splats.ts';

describe('addresses in a model', () => {
  it.each(['https://example.com/a.png', '//example.com/a', 'a.bin', 'file:///etc/passwd', 'javascript:1', ' HTTP://x'])(
    '%s is refused',
    (url) => {
      expect(isInside(url)).toBe(false);
      expect(closedManager().resolveURL(url)).toBe('about:gabinet-refused');
    },
  );

  it.each(['data:image/png;base64,AA', 'blob:null/1', ' DATA:,x'])('%s is allowed', (url) => {
    expect(closedManager().resolveURL(url)).toBe(url);
  });

  it("are resolved to the program's own files", () => {
    const manager = closedManager(new Map([['own:/a.js', 'data:,a']]));
    expect(manager.resolveURL('own:/a.js')).toBe('data:,a');
  });
});

describe('the estimate of graphics memory', () => {
  const estimate = (bytes: Uint8Array) => estimateModelBytes(readGlb(bytes));

  it('of vertices and indices', () => {
    expect(estimate(makeGlb())).toBe(3 * 3 * 4);
    expect(estimate(dracoModel([0, 0, 0]))).toBe(6 * 3 * 4 + 6 * 2);
  });

  it('of morphs, which three stores as textures', () => {
    expect(estimate(makeGlb({ morphs: ['a', 'b'] })) - estimate(makeGlb())).toBe(3 * 2 * 16);
  });

  it('of pictures by their pixels, whatever their format', async () => {
    const corners = 6 * (3 + 2) * 4;
    expect(estimate(await webpModel([1, 2, 3]))).toBe(corners + textureBytes(16, 16));
    expect(estimate(await avifModel([1, 2, 3]))).toBe(corners + textureBytes(16, 16));
    expect(estimate(ktx2Model([1, 2, 3]))).toBe(corners + textureBytes(4, 4));
    const uri = `data:image/png;base64,${makePng({ width: 8, height: 4 }).toString('base64')}`;
    expect(estimate(makeGlb({ json: { images: [{ uri }] } }))).toBe(36 + textureBytes(8, 4));
  });

  it.each([[{ uri: 'data:image/svg+xml,<svg/>' }], [{ uri: 'x.png' }], [{}], [{ uri: 'data:image/png;base64,!!!' }]])(
    'is refused for the picture %j, which cannot be measured',
    (image) => {
      expect(() => estimate(makeGlb({ json: { images: [image] } }))).toThrow(PreviewFailure);
    },
  );

  it('and triangles have limits', () => {
    expect(() => refuseTooMuch(MAX_GRAPHICS_BYTES, MAX_DRAWN_TRIANGLES)).not.toThrow();
    expect(() => refuseTooMuch(MAX_GRAPHICS_BYTES + 1, 0)).toThrow(/graphics memory/);
    expect(() => refuseTooMuch(0, MAX_DRAWN_TRIANGLES + 1)).toThrow(/triangles/);
  });
});

describe('splat files', () => {
  const facts = (bytes: Uint8Array, format: 'ply' | 'spz') => readSplatFacts(new Uint8Array(bytes), format);

  it('have the point count of their header', async () => {
    expect((await facts(makeVisiblePly(), 'ply')).points).toBe(600);
    expect((await facts(makeVisibleSpz(), 'spz')).points).toBe(600);
  });

  it('with too many points are refused', async () => {
    const header = Buffer.from('ply\nformat binary_little_endian 1.0\nelement vertex 4000000000\nend_header\n');
    await expect(facts(header, 'ply')).rejects.toMatchObject({ code: 'too-much-memory' });
  });

  it('of version 4 are converted to version 3', async () => {
    const old = gunzipSync(await toVersion3(new Uint8Array(makeVisibleSpz4())));
    const same = gunzipSync(makeVisibleSpz());
    expect(readSpzHeader(old)).toMatchObject({ version: 3, points: 600 });
    // Equal except for the rotations, which have one byte more.
    expect(old.subarray(16, 16 + 600 * 16)).toEqual(same.subarray(16, 16 + 600 * 16));
    expect(old.byteLength).toBe(16 + 600 * 20);
  });

  it('of degree 4 keep the harmonics up to degree 3', async () => {
    const harmonics = gunzipSync(await toVersion3(new Uint8Array(makeSpz({ version: 4, points: 10, degree: 4 }))));
    expect(readSpzHeader(harmonics)).toMatchObject({ version: 3, points: 10, strideBytes: 20 + 45 });
    expect(harmonics.byteLength).toBe(16 + 10 * (20 + 45));
  });

  it('without a header are damaged', async () => {
    await expect(facts(gzipSync(Buffer.alloc(100)), 'spz')).rejects.toMatchObject({ code: 'damaged' });
    await expect(facts(Buffer.from('ply\n'), 'ply')).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe('preview failures', () => {
  it('for lack of memory are distinguished from damage', () => {
    expect(toFailure(new RangeError('Array buffer allocation failed')).code).toBe('too-much-memory');
    expect(toFailure(new RangeError('offset is out of bounds')).code).toBe('damaged');
    expect(toFailure('text')).toMatchObject({ code: 'damaged', message: 'text' });
    const failure = new PreviewFailure('no-webgl', 'none');
    expect(toFailure(failure)).toBe(failure);
  });
});

describe('the Basis transcoder', () => {
  it('no longer evaluates text', async () => {
    const path = createRequire(import.meta.url).resolve('three/examples/jsm/libs/basis/basis_transcoder.js');
    const source = await readFile(path, 'utf8');
    expect(source).toContain('newFunc(Function');
    expect(withoutEval(source)).not.toContain('newFunc(Function');
    expect(() => withoutEval('another version')).toThrow(/has changed/);
  });
});
