/**
 * The SHA-256 of every pinned bundle. Pins update the set, and the cache checks it before evicting
 * a bundle.
 */
export class PinnedHashes {
  #hashes: ReadonlySet<string> = new Set();

  has(sha256: string): boolean {
    return this.#hashes.has(sha256);
  }

  replace(hashes: Iterable<string>): void {
    this.#hashes = new Set(hashes);
  }
}
