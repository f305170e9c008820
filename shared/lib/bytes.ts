/** Joins the blocks in a new buffer. */
export function joinBytes(blocks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(blocks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const block of blocks) {
    joined.set(block, at);
    at += block.byteLength;
  }
  return joined;
}
