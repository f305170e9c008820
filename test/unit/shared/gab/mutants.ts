import * as fc from 'fast-check';

/** One change to a valid bundle. Positions are fractions of the file, so that they fit every base. */
export type Mutation =
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

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** Values at which readers stumble: borders, sentinels, signs. */
const trickyValue = fc.oneof(
  fc.constantFrom(
    0,
    1,
    2,
    7,
    8,
    22,
    255,
    256,
    0x7fff,
    0x8000,
    0xfffe,
    0xffff,
    0x10000,
    0x7fffffff,
    0x80000000,
    0xffffffff,
  ),
  fc.nat(70_000),
);

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('flip'), at: fraction, bit: fc.nat(7) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut'), at: fraction }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('splice'),
        from: fraction,
        to: fraction,
        length: fc.nat(600),
        insert: fc.boolean(),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('field'),
        header: fc.nat(40),
        offset: fc.nat(44),
        value: trickyValue,
        wide: fc.boolean(),
      }),
    },
  ) as fc.Arbitrary<Mutation>,
  { minLength: 1, maxLength: 4 },
);

export function mutate(base: Uint8Array, changes: readonly Mutation[]): Buffer {
  return changes.reduce<Buffer>((bytes, change) => applyOne(bytes, change), Buffer.from(base));
}

function applyOne(bytes: Buffer, change: Mutation): Buffer {
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

/** Overwrites a field of a local header, a directory record or the end record. */
function setField(bytes: Buffer, { header, offset, value, wide }: Extract<Mutation, { kind: 'field' }>): Buffer {
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
