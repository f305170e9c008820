import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../../node/sha256.ts';
import { describePieces } from '../../../../../shared/domain/recipe/describe-file.ts';
import { bytesSource } from '../../../../../shared/gab/byte-source.ts';
import type { BundleCodec } from '../../../../../shared/gab/codec.ts';
import { buildBundle } from '../../../../support/bundle-builder.ts';
import { testCodec } from '../../../../support/inspect-bytes.ts';
import { makeWav, noise } from '../../../../support/sample-assets.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../../fixtures/${name}`, import.meta.url));
const SOUND_BYTES = 300_000;

const sound = { id: 'hello', kind: 'audio', format: 'wav', path: 'audio/hello.wav', content: makeWav(SOUND_BYTES) };

/** The description of a file, and how many of its bytes had to be hashed for it. */
async function described(file: Buffer) {
  let hashedBytes = 0;
  const codec: BundleCodec = {
    ...testCodec,
    createSha256() {
      const hash = testCodec.createSha256();
      return {
        update: (bytes) => {
          hashedBytes += bytes.byteLength;
          hash.update(bytes);
        },
        digestHex: () => hash.digestHex(),
      };
    },
  };
  const { recipe, layout } = await describePieces(bytesSource(file), codec);
  const pieces = recipe.pieces.map((piece, index) => ({ ...piece, path: layout[index]?.path ?? '' }));
  return { recipe, pieces, hashedBytes };
}

describe.each([
  ['a bundle', fixture('gab/portrait-2d.gab')],
  ['a bundle with deflated models', fixture('gab/kaykit-mage.gab')],
  ['a foreign archive', fixture('hostile/foreign-zip.gab')],
  ['a damaged archive', fixture('hostile/zip-truncated.gab')],
  ['a built bundle', buildBundle({ assets: [sound], sizeBytes: 2_500_000 })],
  ['no archive', noise(50_000)],
  ['nothing', Buffer.alloc(0)],
])('%s', (_name, file) => {
  it('is described as pieces with the hashes of their bytes', async () => {
    const { recipe, pieces } = await described(file);
    for (const { offset, sizeBytes, sha256: said } of pieces) {
      expect(said).toBe(sha256Hex(file.subarray(offset, offset + sizeBytes)));
    }
    const pieceBytes = pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(pieceBytes + recipe.skeleton.byteLength).toBe(file.byteLength);
  });
});

it('entries with a hash in the manifest are not hashed again', async () => {
  const { pieces, hashedBytes } = await described(buildBundle({ assets: [sound] }));
  expect(pieces.map(({ path }) => path)).toContain(sound.path);
  expect(hashedBytes).toBeLessThan(SOUND_BYTES / 10);
});

describe('a manifest that does not match the file', () => {
  const honest = buildBundle({ assets: [sound], sizeBytes: 1_000_000 });
  const replaced = (from: string, to: string) => {
    const at = honest.indexOf(from);
    expect(to).toHaveLength(from.length);
    return Buffer.concat([honest.subarray(0, at), Buffer.from(to), honest.subarray(at + from.length)]);
  };
  const pieceOf = (file: Buffer) =>
    described(file).then(({ pieces }) => pieces.find(({ path }) => path === sound.path));

  it('is trusted about the hash, because a wrong one makes the hash of the file wrong', async () => {
    const lie = 'f'.repeat(64);
    expect((await pieceOf(replaced(sha256Hex(sound.content), lie)))?.sha256).toBe(lie);
  });

  it('is never trusted if the file is not a bundle, because then nobody checks it', async () => {
    const lying = replaced(sha256Hex(sound.content), 'f'.repeat(64));
    // Another name of the first entry, in its header and in the directory.
    const opaque = Buffer.from(lying.toString('latin1').replaceAll('mimetype', 'mimetypo'), 'latin1');
    expect((await pieceOf(opaque))?.sha256).toBe(sha256Hex(sound.content));
  });

  it.each([
    ['has another size', `"size":${sound.content.byteLength}`, `"size":${sound.content.byteLength + 1}`],
    ['has no valid hash', sha256Hex(sound.content), 'F'.repeat(64)],
    ['has no list of assets', '"assets":', '"ASSETS":'],
    ['is not valid JSON', '"assets":', '"assets",'],
  ])('is ignored if it %s', async (_name, from, to) => {
    expect((await pieceOf(replaced(from, to)))?.sha256).toBe(sha256Hex(sound.content));
  });
});
