/** The SHA-256 of every bundle that a pin keeps: the pins change it, the cache asks it before it drops a bundle. */
export class PinnedHashes {
  #hashes: ReadonlySet<string> = new Set();

  has(sha256: string): boolean {
    return this.#hashes.has(sha256);
  }

  replace(hashes: Iterable<string>): void {
    this.#hashes = new Set(hashes);
  }
}
