import type { Failure } from '../../shared/contract/failure.ts';
import type { StagedFile, UploadChoice } from '../../shared/contract/transfers.ts';
import { suggestAvatarName } from '../../shared/domain/avatar-name.ts';
import type { AvatarUuid } from '../../shared/domain/ids.ts';
import { MAX_BUNDLE_BYTES } from '../../shared/domain/limits.ts';
import type { CandidateFile } from '../../shared/domain/suggest-target.ts';
import type { OrderedFile } from '../../shared/domain/version-order.ts';
import { LARGE_BUNDLE_BYTES } from '../../shared/gab/limits.ts';
import type { GabFinding } from '../../shared/gab/report.ts';
import type { FileInspection } from '../files/inspection.ts';
import type { SummarizedFile } from '../media/active-verdicts.ts';
import type { ReceivedFile } from './received-file.ts';

/** The progress of a dropped file. */
export type StageProgress =
  | { readonly kind: 'inspecting' }
  | { readonly kind: 'inspected'; readonly inspection: FileInspection }
  /** Over the size limit: nothing was read. */
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable'; readonly failure: Failure };

/** A file in the upload sheet. `KeptFiles` has what a restart needs of it. */
export interface StagedEntry {
  /**
   * A UUID, which becomes the id of the transfer. It also stands for the avatar that the file would
   * create.
   */
  readonly stageId: string;
  readonly projectUuid: string;
  readonly file: ReceivedFile;
  /** The path to which the inspection writes the bundle's picture. */
  readonly picturePath: string;
  readonly progress: StageProgress;
  readonly choice: UploadChoice;
  /** Not in the sheet any longer, unless it is restored. */
  readonly isDiscarded: boolean;
}

/** The file of a staged bundle. */
export interface StagedBundle {
  readonly path: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

/** Null until the file is inspected, or if that failed. */
export function stagedSummaryOf({ progress }: StagedEntry): SummarizedFile | null {
  if (progress.kind !== 'inspected') return null;
  const { sha256, summary } = progress.inspection;
  return { sha256, summary };
}

export function isTooLarge(sizeBytes: number): boolean {
  return sizeBytes > MAX_BUNDLE_BYTES;
}

export function stateOf({ progress }: StagedEntry): StagedFile['state'] {
  if (progress.kind === 'inspecting') return 'inspecting';
  return progress.kind === 'inspected' && progress.inspection.report.verdict !== 'invalid' ? 'ready' : 'refused';
}

/**
 * The facts by which a file is recognized. Null if it is not inspected yet, or cannot be sent.
 * `savedOver`: the avatar whose file was at this path before.
 */
export function candidateFrom(entry: StagedEntry, savedOver: AvatarUuid | null): CandidateFile | null {
  if (entry.progress.kind !== 'inspected' || stateOf(entry) !== 'ready') return null;
  const { sha256, report } = entry.progress.inspection;
  const { fileName } = entry.file;
  const manifestId = report.manifest?.id ?? null;
  const avatarName = suggestAvatarName(report.manifest?.name ?? null, fileName);
  return { id: entry.stageId, fileName, sha256, manifestId, avatarName, savedOver };
}

/** What decides the file's place among the versions of its avatar. */
export function orderOf({ progress, file, projectUuid }: StagedEntry): OrderedFile {
  const manifest = progress.kind === 'inspected' ? progress.inspection.report.manifest : undefined;
  return {
    avatarKey: `${projectUuid} ${manifest?.id ?? file.fileName.normalize('NFC')}`,
    manifestVersion: manifest?.version ?? null,
    modifiedAtMs: file.modifiedAtMs ?? null,
  };
}

/** What the upload sheet shows in addition to the file itself. */
export interface StagedContext extends Pick<StagedFile, 'suggestion' | 'comparisonVerdict' | 'drawingFailure'> {
  /** The URL of its picture. */
  readonly pictureUrl: string;
}

/** A staged file as the upload sheet shows it. */
export function stagedViewFrom(entry: StagedEntry, context: StagedContext): StagedFile {
  const { stageId, projectUuid, file, progress } = entry;
  const sizeBytes = progress.kind === 'inspected' ? progress.inspection.sizeBytes : file.sizeBytes;
  return {
    stageId,
    projectUuid,
    fileName: file.fileName,
    sizeBytes,
    state: stateOf(entry),
    isLarge: sizeBytes > LARGE_BUNDLE_BYTES,
    ...findingsOf(entry),
    thumbnailUrl:
      progress.kind === 'inspected' && progress.inspection.thumbnailType !== null ? context.pictureUrl : null,
    suggestion: context.suggestion,
    comparisonVerdict: context.comparisonVerdict,
    drawingFailure: context.drawingFailure,
    failure: progress.kind === 'unreadable' ? progress.failure : null,
    choice: entry.choice,
  };
}

type Findings = Pick<StagedFile, 'sha256' | 'container' | 'verdict' | 'activatable' | 'issues' | 'manifest'>;

const NOTHING_FOUND: Findings = {
  sha256: null,
  container: null,
  verdict: null,
  activatable: false,
  issues: [],
  manifest: null,
};

/** The finding that reading the file would report, without reading it. */
function tooLarge(sizeBytes: number): GabFinding {
  return { code: 'GAB_E_FILE_TOO_LARGE', severity: 'error', params: { sizeBytes, maxBytes: MAX_BUNDLE_BYTES } };
}

function findingsOf({ progress, file }: StagedEntry): Findings {
  if (progress.kind === 'too-large') {
    return { ...NOTHING_FOUND, container: 'unreadable', verdict: 'invalid', issues: [tooLarge(file.sizeBytes)] };
  }
  if (progress.kind !== 'inspected') return NOTHING_FOUND;
  const { sha256, report } = progress.inspection;
  const { container, verdict, activatable, issues } = report;
  return {
    sha256,
    container,
    verdict,
    activatable,
    issues: [...issues],
    manifest: manifestViewOf(progress.inspection),
  };
}

function manifestViewOf({ report: { manifest } }: FileInspection): StagedFile['manifest'] {
  if (manifest === undefined) return null;
  return {
    id: manifest.id,
    name: manifest.name,
    version: manifest.version,
    description: manifest.description ?? '',
    tags: [...(manifest.tags ?? [])],
    bodyType: manifest.body.type,
    authors: manifest.authors.map((author) => author.name),
    license: manifest.license.spdx,
  };
}
