import { z } from 'zod';
import type { ByteSource } from '../../gab/byte-source.ts';
import type { BundleCodec } from '../../gab/codec.ts';
import { parseJsonObject } from '../../gab/json/decode-json.ts';
import { MAX_MANIFEST_BYTES, MAX_MANIFEST_DEPTH } from '../../gab/limits.ts';
import { MANIFEST_PATH } from '../../gab/manifest/read-manifest.ts';
import { sha256Schema } from '../../gab/sha256-schema.ts';
import { SNIFF_BYTES, startsLikeGab } from '../../gab/sniff.ts';
import { joinBytes } from '../../lib/bytes.ts';
import type { FoundPiece } from './file-layout.ts';

/** The only fields that are needed here. The manifest may be part of an invalid bundle. */
const listSchema = z.object({
  assets: z.array(z.object({ path: z.string(), size: z.number(), sha256: sha256Schema })),
});

/**
 * Returns the hashes that a bundle's manifest declares for its stored entries, by piece. The bytes
 * of such an entry are in the file as they are, so the hash of its content is the hash of the piece
 * and need not be computed again. Other entries, and entries that don't match the manifest, are
 * left out. So are all entries of a file that does not begin as a bundle: nobody checks what looks
 * like a manifest in it. The hashes are not verified: see `describePieces`. Rejects only if the
 * source does.
 */
export async function readDeclaredHashes(
  source: ByteSource,
  layout: readonly FoundPiece[],
  codec: Pick<BundleCodec, 'inflateRaw'>,
): Promise<ReadonlyMap<FoundPiece, string>> {
  if (!(await beginsAsBundle(source))) return new Map();
  const bytes = await readManifestBytes(source, layout, codec);
  const parsed = bytes && parseJsonObject(bytes, { maxDepth: MAX_MANIFEST_DEPTH, strict: true });
  const list = listSchema.safeParse(parsed?.value);
  if (!list.success) return new Map();
  const assets = new Map(list.data.assets.map((asset) => [asset.path, asset]));
  return new Map(
    layout.flatMap((piece) => {
      const asset = piece.isStored ? assets.get(piece.path) : undefined;
      return asset?.size === piece.sizeBytes ? [[piece, asset.sha256] as const] : [];
    }),
  );
}

/** What a check decides by, too: from here on the file is a valid bundle or refused. */
async function beginsAsBundle(source: ByteSource): Promise<boolean> {
  return startsLikeGab(await source.read(0, Math.min(SNIFF_BYTES, source.size)));
}

async function readManifestBytes(
  source: ByteSource,
  layout: readonly FoundPiece[],
  codec: Pick<BundleCodec, 'inflateRaw'>,
): Promise<Uint8Array | null> {
  const piece = layout.find(({ path }) => path === MANIFEST_PATH);
  if (!piece || piece.sizeBytes > MAX_MANIFEST_BYTES) return null;
  const input = await source.read(piece.offset, piece.sizeBytes);
  if (piece.isStored) return input;
  const parts: Uint8Array[] = [];
  // A copy: `slice` of a Node Buffer does not copy.
  const onOutput = (bytes: Uint8Array) => void parts.push(new Uint8Array(bytes));
  const inflated = await codec.inflateRaw({ input, maxOutputBytes: MAX_MANIFEST_BYTES, onOutput });
  return inflated.ok ? joinBytes(parts) : null;
}
