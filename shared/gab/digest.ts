import type { BundleCodec } from './codec.ts';
import type { UnpackedEntry } from './unpacked-entry.ts';

/**
 * Computes the digest of a bundle's content, independent of compression (gab-format 7.1): SHA-256
 * over one line per entry, `<sha256>  <size>  <path>`, sorted by path, without `mimetype` and
 * `META-INF/*`.
 */
export async function computeDigest(entries: ReadonlyMap<string, UnpackedEntry>, codec: BundleCodec): Promise<string> {
  const hash = codec.createSha256();
  const encoder = new TextEncoder();
  // Paths are ASCII here, so the order of code units is the order of bytes.
  for (const path of [...entries.keys()].sort()) {
    if (path === 'mimetype' || path.startsWith('META-INF/')) continue;
    const facts = entries.get(path)?.facts;
    if (facts) hash.update(encoder.encode(`${facts.sha256}  ${facts.sizeBytes}  ${path}\n`));
  }
  return `gab1:${await hash.digestHex()}`;
}
