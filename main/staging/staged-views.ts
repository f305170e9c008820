import type { StagedFile, Suggestion } from '../../shared/contract/transfers.ts';
import type { AvatarUuid } from '../../shared/domain/ids.ts';
import { suggestTargets } from '../../shared/domain/suggest-target.ts';
import { inVersionOrder } from '../../shared/domain/version-order.ts';
import type { Readers } from '../db/local-database.ts';
import type { ActiveVerdicts } from '../media/active-verdicts.ts';
import { knownVersions } from './known-versions.ts';
import { candidateFrom, orderOf, type StagedEntry, stagedSummaryOf, stagedViewFrom } from './staged-entry.ts';

export interface StagedViewOptions {
  readonly read: Readers;
  readonly verdicts: ActiveVerdicts;
  readonly pictureUrl: (stageId: string, sha256: string | null) => string;
}

/**
 * What the upload sheet of a project shows of these files: in the order in which they were dropped,
 * but versions of one avatar in their order, each with what it could become.
 */
export function stagedViews(
  projectUuid: string,
  dropped: readonly StagedEntry[],
  { read, verdicts, pictureUrl }: StagedViewOptions,
): StagedFile[] {
  const entries = inVersionOrder(dropped, orderOf);
  const suggestions = suggest(projectUuid, entries, read);
  const judge = verdicts.against(projectUuid);
  const drawingFailures = read.drawingFailures.all();
  return entries.map((entry) => {
    const suggestion = suggestions.get(entry.stageId) ?? null;
    const staged = stagedSummaryOf(entry);
    const comparisonVerdict = suggestion?.kind === 'version' && staged ? judge(staged, suggestion.avatarUuid) : null;
    const drawingFailure = drawingFailures.get(staged?.sha256 ?? '') ?? null;
    const { stageId, progress } = entry;
    const sha256 = progress.kind === 'inspected' ? progress.inspection.sha256 : null;
    const address = pictureUrl(stageId, sha256);
    return stagedViewFrom(entry, { suggestion, comparisonVerdict, drawingFailure, pictureUrl: address });
  });
}

function suggest(projectUuid: string, entries: readonly StagedEntry[], read: Readers): ReadonlyMap<string, Suggestion> {
  const candidates = entries.flatMap((entry) => candidateFrom(entry, savedOver(read, entry)) ?? []);
  return candidates.length === 0 ? new Map() : suggestTargets(candidates, knownVersions(read, projectUuid));
}

/**
 * The avatar that a file of a watch folder belonged to when it was last picked up. Null if there is
 * none.
 */
function savedOver(read: Readers, { projectUuid, file }: StagedEntry): AvatarUuid | null {
  if (file.watched === undefined) return null;
  return read.watchFolders.file(projectUuid, file.watched.path)?.avatarUuid ?? null;
}
