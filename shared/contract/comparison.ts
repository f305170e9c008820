import { z } from 'zod';
import { comparisonSchema } from '../gab/compare/comparison.ts';
import { bundleReferenceSchema } from './bundle-reference.ts';
import { outcomeOf } from './failure.ts';

export const comparisonChannels = {
  /**
   * Compares two bundles. Works offline for versions whose summary is already on this machine, and
   * fails with `offline` for others. Fails with `not_comparable` if one of the files cannot be read
   * as a bundle.
   */
  'comparison.compare': {
    input: z.object({ from: bundleReferenceSchema, to: bundleReferenceSchema }),
    output: outcomeOf(comparisonSchema),
  },
} as const;
