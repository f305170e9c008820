import { z } from 'zod';

/** What a difference means to people who see the avatar. Worst first. */
export const differenceVerdicts = ['breaks-runtime', 'visible', 'harmless'] as const;
export type DifferenceVerdict = (typeof differenceVerdicts)[number];

/** The worst verdict of all differences; `same` if there are none. */
export const comparisonVerdicts = [...differenceVerdicts, 'same'] as const;
export type ComparisonVerdict = (typeof comparisonVerdicts)[number];

/** The part of the avatar that differs; the screen filters by it. */
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

/**
 * One difference. `code` is stable; the texts are made from `code`, `before`, `after` and the
 * names.
 */
export const differenceSchema = z.object({
  code: z.string().max(64),
  verdict: z.enum(differenceVerdicts),
  area: z.enum(differenceAreas),
  /** The entry in the archive, if there is one. */
  path: z.string().max(300).optional(),
  /** JSON pointer into the manifest, if there is one. */
  pointer: z.string().max(500).optional(),
  before: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]).optional(),
  after: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]).optional(),
  /** Names that were added, removed or renamed, at most 50; `more` counts the rest. */
  names: z.array(z.string().max(300)).max(50).optional(),
  more: z.int().optional(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const comparisonSchema = z.object({
  /** The worst verdict of all differences; `same` if there are none. */
  verdict: z.enum(comparisonVerdicts),
  /** Worst first, then by area. */
  differences: z.array(differenceSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;
