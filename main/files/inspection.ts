import type { UploadDescription } from '../../node/api-client/describe-upload.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { Chunk } from '../../shared/domain/recipe/chunk-list.ts';
import type { FileRange } from '../../shared/domain/recipe/stream-ranges.ts';
import type { BundleSummary } from '../../shared/gab/compare/bundle-summary.ts';
import type { GabPolicy, GabReport } from '../../shared/gab/report.ts';
import type { Result } from '../../shared/lib/result.ts';
import type { ImageContentType } from './image-type.ts';

export interface InspectTask {
  readonly path: string;
  readonly fileName: string;
  readonly policy: GabPolicy;
  /** Where to put the bundle's thumbnail, if it has one. */
  readonly thumbnailPath: string;
}

export interface FileInspection {
  readonly sizeBytes: number;
  /** Of the whole file. */
  readonly sha256: string;
  readonly report: GabReport;
  /** Used to compare the file; null if it is not a valid bundle. */
  readonly summary: BundleSummary | null;
  /** Type of the picture at `thumbnailPath`; null if the bundle has no displayable picture. */
  readonly thumbnailType: ImageContentType | null;
}

/** Failures come from the disk only; faults of the bundle are findings in the report. */
export type InspectAnswer = Result<FileInspection, Failure>;

export interface CopyTask {
  readonly from: string;
  readonly to: string;
}

export interface MeasureTask {
  readonly path: string;
}

/** Size and hash of all of a file's bytes. */
export type CopyAnswer = Result<{ readonly sizeBytes: number; readonly sha256: string }, Failure>;

export type DescribeAnswer = Result<UploadDescription, Failure>;

export interface ChunkTask {
  readonly path: string;
  readonly ranges: readonly FileRange[];
}

/** One list for each range. */
export type ChunkAnswer = Result<readonly (readonly Chunk[])[], Failure>;

export interface RewriteTask {
  readonly from: string;
  readonly to: string;
  /** The new thumbnail. */
  readonly png: Uint8Array;
}

export type RewriteAnswer = Result<null, Failure>;
