import type { ByteSource } from '../../../shared/gab/byte-source.ts';

const LOCAL_HEADER_BYTES = 30;
const COMPRESSED_SIZE_AT = 18;
const NAME_LENGTH_AT = 26;
const EXTRA_LENGTH_AT = 28;
/** Entry 1 is `mimetype`, 2 the manifest, 3 the picture (gab-format section 1). */
const ENTRIES_BEFORE = 2;

/**
 * The picture of a bundle that was found valid: then entry 3 is it, stored, and each entry begins where the one before
 * ends (gab-format 2.2, rules 4 and 9), so three local headers lead to its bytes.
 */
export async function readBundleThumbnail(source: ByteSource): Promise<Uint8Array> {
  let offset = 0;
  for (let entry = 0; ; entry += 1) {
    const header = await source.read(offset, LOCAL_HEADER_BYTES);
    const fields = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const sizeBytes = fields.getUint32(COMPRESSED_SIZE_AT, true);
    const nameBytes = fields.getUint16(NAME_LENGTH_AT, true) + fields.getUint16(EXTRA_LENGTH_AT, true);
    const dataAt = offset + LOCAL_HEADER_BYTES + nameBytes;
    if (entry === ENTRIES_BEFORE) return source.read(dataAt, sizeBytes);
    offset = dataAt + sizeBytes;
  }
}
