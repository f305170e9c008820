import type { ModelSummary } from './bundle-summary.ts';

/** A model of both bundles. `path`: in the second one. */
export interface ModelPair {
  readonly path: string;
  readonly before: ModelSummary;
  readonly after: ModelSummary;
}
