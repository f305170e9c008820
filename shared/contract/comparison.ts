import { z } from 'zod';
import { comparisonSchema } from '../gab/compare/comparison.ts';
import { bundleReferenceSchema } from './bundle-reference.ts';
import { outcomeOf } from './failure.ts';

export const comparisonChannels = {
  /**
   * What changes from one bundle to another. Works without a server for versions whose summary this machine has seen;
   * answers `offline` otherwise, and `not_comparable` where one of them is no readable bundle.
   */
  'comparison.compare': {
    input: z.object({ from: bundleReferenceSchema, to: bundleReferenceSchema }),
    output: outcomeOf(comparisonSchema),
  },
} as const;
