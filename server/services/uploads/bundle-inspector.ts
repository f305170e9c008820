import { Piscina } from 'piscina';
import type { GabPolicy, GabReport } from '../../../shared/gab/report.ts';
import { MINUTE_MS } from '../../../shared/lib/durations.ts';

/** Two bundles at a time: inspecting is CPU work, and each may hold tens of MiB. */
const MAX_THREADS = 2;
/** An idle second thread gives its memory back; the first stays warm. */
const IDLE_LIMIT_MS = MINUTE_MS;
/** A bundle within the format's limits takes well under a second. */
const INSPECTION_LIMIT_MS = MINUTE_MS;
/** Threat: a bundle made to exhaust memory ends its thread, not the server. */
const MAX_HEAP_MIB = 192;

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
  close(): Promise<void>;
}

export function startBundleInspector(): BundleInspector {
  const pool = new Piscina<InspectionTask, Inspection>({
    filename: new URL('./inspect-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: MAX_THREADS,
    idleTimeout: IDLE_LIMIT_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB, maxYoungGenerationSizeMb: 16 },
  });
  return {
    inspect: (task) => pool.run(task, { signal: AbortSignal.timeout(INSPECTION_LIMIT_MS) }),
    close: () => pool.destroy(),
  };
}
