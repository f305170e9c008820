import type { GabPolicy, GabReport } from '../../shared/gab/report.ts';

export interface InspectionTask {
  /** Local file. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly originalName: string;
  readonly policy: GabPolicy;
}

/** The part of an inspection report that the server stores. */
export interface UploadInspection extends Pick<GabReport, 'container' | 'verdict' | 'activatable' | 'issues'> {
  readonly manifest: {
    readonly id: string;
    readonly name: string;
    readonly description: string | undefined;
    readonly tags: readonly string[] | undefined;
    readonly bodyType: 'model3d' | 'splat' | 'portrait2d';
  } | null;
  /** The encoded picture exactly as the bundle contains it; untrusted. */
  readonly thumbnail: Uint8Array | null;
  /** A `BundleSummary` as JSON, ready to be stored; null if the file is not a bundle. */
  readonly summaryJson: string | null;
}
