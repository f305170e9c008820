/**
 * What the writer needs of its platform beside the reader's `BundleCodec`. `shared` may not import node:, so the caller
 * hands it in: `nodeEncoder` of node/. (The browser's CompressionStream cannot flush.)
 */
export interface BundleEncoder {
  /**
   * Deflates one segment of a raw stream. All but the last end with a full flush: the stream is brought to a whole byte and
   * forgets everything before, so that a segment's bytes depend on nothing but its own content. This is what keeps a local
   * edit local: only the segments whose content changed come out differently. Segments put one after the other are the stream.
   */
  deflateSegment(segment: Uint8Array, options: { readonly isLast: boolean }): Promise<Uint8Array>;
}
