import type { BundleSummary, VisemeSource } from '../shared/gab/compare/bundle-summary.ts';
import type { GabManifest } from '../shared/gab/manifest/manifest.ts';

export const DEFAULT_MIN_RUNTIME = '1.0.0';

/**
 * What an avatar needs from its renderer, computed from the content and not from the claims of the
 * manifest (gab-format 6).
 */
export interface RuntimeNeeds {
  /** From the manifest, because it can't be computed from the content. */
  readonly minRuntime: string;
  /** Required glTF extensions of all models and animations, sorted. */
  readonly extensions: readonly string[];
  readonly drawsSplats: boolean;
  readonly splatPoints: number;
  readonly isVrm: boolean;
  /** Distinct morph targets of all models. */
  readonly morphs: number;
  readonly visemes: VisemeSource;
  /** The number of the fourteen spoken visemes that move something. */
  readonly covered: number;
}

export function needsOf({ assets, visemes }: BundleSummary, manifest: GabManifest): RuntimeNeeds {
  const models = assets.flatMap(({ model }) => model ?? []);
  const splats = assets.flatMap(({ splat }) => splat ?? []);
  return {
    minRuntime: manifest.minRuntime ?? DEFAULT_MIN_RUNTIME,
    extensions: [...new Set(models.flatMap(({ requiredExtensions }) => requiredExtensions))].toSorted(),
    drawsSplats: splats.length > 0,
    splatPoints: splats.reduce((sum, { points }) => sum + points, 0),
    isVrm: models.some(({ isVrm }) => isVrm),
    morphs: new Set(models.flatMap(({ morphs }) => morphs)).size,
    visemes: visemes.source,
    covered: visemes.covered.length,
  };
}
