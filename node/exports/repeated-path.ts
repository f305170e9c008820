/**
 * Returns a path that occurs twice, or null. Keeps eight bytes per file instead of the paths: equal
 * hashes only say where to look. Iterates the files once, and again if two hashes are equal.
 */
export function findRepeatedPath(files: Iterable<{ readonly path: string }>): string | null {
  const hashes = hashesOf(files).sort();
  const doubtful = new Set(hashes.filter((hash, index) => index > 0 && hash === hashes[index - 1]));
  if (doubtful.size === 0) return null;
  const seen = new Set<string>();
  for (const { path } of files) {
    if (!doubtful.has(hashOf(path))) continue;
    if (seen.has(path)) return path;
    seen.add(path);
  }
  return null;
}

function hashesOf(files: Iterable<{ readonly path: string }>): Float64Array {
  let hashes = new Float64Array(1024);
  let count = 0;
  for (const { path } of files) {
    if (count === hashes.length) {
      const larger = new Float64Array(2 * count);
      larger.set(hashes);
      hashes = larger;
    }
    hashes[count] = hashOf(path);
    count += 1;
  }
  return hashes.slice(0, count);
}

/** Two hashes of 32 and 21 bits (FNV-1a with different starts and primes) in one exact number. */
function hashOf(path: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b1;
  for (let index = 0; index < path.length; index += 1) {
    const unit = path.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
  }
  return (low >>> 11) * 0x1_0000_0000 + (high >>> 0);
}
