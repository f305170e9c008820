import type { ModelSummary } from './bundle-summary.ts';

/** A model in both bundles. `path` is the one in the second bundle. */
export interface ModelPair {
  readonly path: string;
  readonly before: ModelSummary;
  readonly after: ModelSummary;
}
