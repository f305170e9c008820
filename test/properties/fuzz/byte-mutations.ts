import { type Random, trickyValue } from './random.ts';

/** One change to the bytes of a valid bundle. Positions are fractions of the file, so that they fit every base. */
export type ByteMutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'cut'; readonly at: number }
  | {
      readonly kind: 'splice';
      readonly from: number;
      readonly to: number;
      readonly length: number;
      readonly insert: boolean;
    }
  | {
      readonly kind: 'field';
      readonly header: number;
      readonly offset: number;
      readonly value: number;
      readonly wide: boolean;
    };

/** One to four changes that ignore the format, except for the positions of its headers. */
export function randomByteMutations(random: Random): ByteMutation[] {
  return Array.from({ length: 1 + random.below(4) }, () => randomByteMutation(random));
}

function randomByteMutation(random: Random): ByteMutation {
  const roll = random.below(13);
  if (roll < 4) return { kind: 'flip', at: random.fraction(), bit: random.below(8) };
  if (roll < 5) return { kind: 'cut', at: random.fraction() };
  if (roll < 7) {
    const [from, to] = [random.fraction(), random.fraction()];
    return { kind: 'splice', from, to, length: random.below(600), insert: random.chance(0.5) };
  }
  const [header, offset, value] = [random.below(40), random.below(45), trickyValue(random)];
  return { kind: 'field', header, offset, value, wide: random.chance(0.5) };
}

export function mutateBytes(base: Uint8Array, changes: readonly ByteMutation[]): Buffer {
  return changes.reduce<Buffer>((bytes, change) => applyOne(bytes, change), Buffer.from(base));
}

function applyOne(bytes: Buffer, change: ByteMutation): Buffer {
  if (bytes.byteLength === 0) return bytes;
  const position = (part: number) => Math.floor(part * bytes.byteLength);
  if (change.kind === 'field') return setField(bytes, change);
  if (change.kind === 'cut') return bytes.subarray(0, position(change.at));
  if (change.kind === 'flip') {
    const at = position(change.at);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << change.bit), at);
    return bytes;
  }
  const piece = Buffer.from(bytes.subarray(position(change.from), position(change.from) + change.length));
  const at = position(change.to);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(change.insert ? at : at + change.length)]);
}

/** Overwrites a field of a local header, a central directory record or the end record. */
function setField(bytes: Buffer, { header, offset, value, wide }: Extract<ByteMutation, { kind: 'field' }>): Buffer {
  const headers = ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06'].flatMap((signature) => positionsOf(bytes, signature));
  const start = headers[header % Math.max(1, headers.length)];
  if (start === undefined) return bytes;
  const at = start + offset;
  if (wide && at + 4 <= bytes.byteLength) bytes.writeUInt32LE(value, at);
  else if (at + 2 <= bytes.byteLength) bytes.writeUInt16LE(value & 0xffff, at);
  return bytes;
}

function positionsOf(bytes: Buffer, signature: string): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(signature, 0, 'latin1'); at >= 0; at = bytes.indexOf(signature, at + 1, 'latin1'))
    found.push(at);
  return found;
}
