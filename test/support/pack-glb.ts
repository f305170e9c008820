function chunk(type: string, data: Buffer, filler: number): Buffer {
  const padding = Buffer.alloc((4 - (data.byteLength % 4)) % 4, filler);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(data.byteLength + padding.byteLength, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data, padding]);
}

/** A binary glTF of a JSON and its binary part. */
export function packGlb(json: Readonly<Record<string, unknown>>, binary: Buffer): Buffer {
  const whole = { asset: { version: '2.0' }, buffers: [{ byteLength: binary.byteLength }], ...json };
  const chunks = Buffer.concat([chunk('JSON', Buffer.from(JSON.stringify(whole)), 0x20), chunk('BIN\0', binary, 0)]);
  const head = Buffer.from('glTF\x02\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(head.byteLength + chunks.byteLength, 8);
  return Buffer.concat([head, chunks]);
}
