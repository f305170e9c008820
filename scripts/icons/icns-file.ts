/**
 * Types of PNG images in an Apple icon file, with their side in pixels. The ones for displays of
 * normal density below 128 are left out: macOS draws PNG there wrongly, and scales others instead.
 */
export const ICNS_TYPES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

const HEADER_BYTES = 8;

/** Returns an Apple icon file (ICNS). `png` returns the image of a side in pixels. */
export function icnsFile(png: (side: number) => Uint8Array): Buffer {
  const parts = ICNS_TYPES.map(([type, side]) => part(type, png(side)));
  return part('icns', Buffer.concat(parts));
}

function part(type: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(type, 'latin1');
  header.writeUInt32BE(HEADER_BYTES + content.length, 4);
  return Buffer.concat([header, content]);
}
