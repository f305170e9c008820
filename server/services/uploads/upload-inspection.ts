import type { GabPolicy, GabReport } from '../../../shared/gab/report.ts';

export interface InspectionTask {
  /** Local file. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly originalName: string;
  readonly policy: GabPolicy;
}

/** What the server keeps of a report. */
export interface Inspection extends Pick<GabReport, 'container' | 'verdict' | 'activatable' | 'issues'> {
  readonly manifest: {
    readonly id: string;
    readonly name: string;
    readonly description: string | undefined;
    readonly tags: readonly string[] | undefined;
    readonly bodyType: 'model3d' | 'splat' | 'portrait2d';
  } | null;
  /** The picture as it stands in the bundle, not yet to be trusted. */
  readonly thumbnail: Uint8Array | null;
  /** A `BundleSummary` as JSON, ready to be stored; null: the file is no bundle. */
  readonly summaryJson: string | null;
}

export interface BundleInspector {
  /** Reads a whole bundle off the main thread. Rejects only where the thread died or ran out of time. */
  inspect(task: InspectionTask): Promise<Inspection>;
}
