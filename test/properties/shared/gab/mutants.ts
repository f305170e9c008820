import * as fc from 'fast-check';
import type { ByteMutation } from '../../fuzz/byte-mutations.ts';
import { TRICKY_VALUES } from '../../fuzz/random.ts';

// The mutations of the fuzz script as fast-check arbitraries, so that a failure shrinks to the
// mutation that causes it.

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const trickyValue = fc.oneof(fc.constantFrom(...TRICKY_VALUES), fc.nat(70_000));

const flip = fc.record({ kind: fc.constant('flip' as const), at: fraction, bit: fc.nat(7) });
const cut = fc.record({ kind: fc.constant('cut' as const), at: fraction });
const splice = fc.record({
  kind: fc.constant('splice' as const),
  from: fraction,
  to: fraction,
  length: fc.nat(600),
  insert: fc.boolean(),
});
const field = fc.record({
  kind: fc.constant('field' as const),
  header: fc.nat(40),
  offset: fc.nat(44),
  value: trickyValue,
  wide: fc.boolean(),
});

export const mutations: fc.Arbitrary<ByteMutation[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: flip },
    { weight: 1, arbitrary: cut },
    { weight: 2, arbitrary: splice },
    { weight: 6, arbitrary: field },
  ),
  { minLength: 1, maxLength: 4 },
);
