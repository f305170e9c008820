/**
 * What the writer needs from its platform in addition to the reader's `BundleCodec`. `shared` may
 * not import node:, so the caller passes it in: `nodeEncoder` of node/. (The browser's
 * CompressionStream can't flush.)
 */
export interface BundleEncoder {
  /**
   * Deflates one segment of a raw stream. All segments except the last end with a full flush: the
   * stream is padded to a complete byte and its history is dropped, so the bytes of a segment
   * depend only on its own content. A local edit therefore changes only the segments whose content
   * changed. The segments one after the other are the stream.
   */
  deflateSegment(segment: Uint8Array, options: { readonly isLast: boolean }): Promise<Uint8Array>;
}
