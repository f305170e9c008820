/** A key as one segment of a JSON pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A JSON pointer (RFC 6901) of path segments: `['assets', 0]` becomes `/assets/0`. */
export function toPointer(segments: readonly PropertyKey[]): string {
  return segments.map((segment) => `/${escapePointer(String(segment))}`).join('');
}
