import { z } from 'zod';

/** What a difference means to those who look at the avatar. Worst first. */
export const differenceVerdicts = ['breaks-runtime', 'visible', 'harmless'] as const;
export type DifferenceVerdict = (typeof differenceVerdicts)[number];

/** What all differences together come to; `same` if there is none. */
export const comparisonVerdicts = [...differenceVerdicts, 'same'] as const;
export type ComparisonVerdict = (typeof comparisonVerdicts)[number];

/** Where a difference lies; the screen filters by it. */
export const differenceAreas = [
  'body',
  'model',
  'face',
  'animation',
  'voice',
  'persona',
  'licence',
  'manifest',
  'assets',
  'size',
] as const;
export type DifferenceArea = (typeof differenceAreas)[number];

/** One difference. `code` is stable; the words are made from `code`, `before`, `after` and `params`. */
export const differenceSchema = z.object({
  code: z.string().max(64),
  verdict: z.enum(differenceVerdicts),
  area: z.enum(differenceAreas),
  /** The entry in the archive, where there is one. */
  path: z.string().max(300).optional(),
  /** JSON pointer into the manifest, where there is one. */
  pointer: z.string().max(500).optional(),
  before: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]).optional(),
  after: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]).optional(),
  /** Names that came, went or were renamed, at most 50; `more` counts the rest. */
  names: z.array(z.string().max(300)).max(50).optional(),
  more: z.int().optional(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const comparisonSchema = z.object({
  /** The worst of all differences; `same` if there is none. */
  verdict: z.enum(comparisonVerdicts),
  /** Worst first, then by area. */
  differences: z.array(differenceSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;
