import { PencilLine } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { type DraftConflict, draftConflicts, draftProblem } from '../../stores/drafts/draft-rules.ts';
import { discardDraft, saveDraft, settleDraftOf, useDraft, useDrafts } from '../../stores/drafts/drafts-store.ts';
import { fieldSentence } from '../../stores/failures/field-texts.en.ts';
import { start } from '../../stores/notices/notices.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { detailsTexts } from './texts.en.ts';

function describeConflict(conflict: DraftConflict): string {
  if (conflict.field === 'tags') return detailsTexts.tagsChanged(conflict.theirs);
  return conflict.field === 'name'
    ? detailsTexts.nameChanged(conflict.theirs)
    : detailsTexts.descriptionChanged(conflict.theirs);
}

interface ConflictsProps extends Pick<Selection, 'avatar'> {
  readonly conflicts: readonly DraftConflict[];
}

/** What others have changed since the draft was begun. Nothing is saved before a person has chosen. */
function Conflicts({ avatar, conflicts }: ConflictsProps) {
  return (
    <div role="alert" className="flex flex-col gap-1.5">
      <p className="font-medium">{detailsTexts.changedMeanwhile}</p>
      {conflicts.map((conflict) => (
        <p key={describeConflict(conflict)} className="line-clamp-3 text-sm break-words text-ink-soft">
          {describeConflict(conflict)}
        </p>
      ))}
      <div className="flex flex-wrap justify-end gap-1.5">
        <Button onPress={() => settleDraftOf(avatar, 'theirs')}>{detailsTexts.keepTheirs}</Button>
        <Button onPress={() => settleDraftOf(avatar, 'mine')}>{detailsTexts.keepMine}</Button>
      </div>
    </div>
  );
}

/** Always in sight while the avatar has unsaved changes, whatever tab is open. */
export function DraftBar({ avatar }: Pick<Selection, 'avatar'>) {
  const draft = useDraft(avatar.avatarUuid);
  const isSaving = useDrafts((state) => state.saving.has(avatar.avatarUuid));
  const block = useReadOnlyReason();
  if (!draft) return null;
  const conflicts = draftConflicts(draft, avatar);
  const problem = draftProblem(draft, avatar);
  const canSave = problem === null && conflicts.length === 0 && !isSaving;
  return (
    <section
      aria-label={detailsTexts.draft}
      className="flex flex-col gap-2 border-t border-line bg-action-soft p-3 low:py-1.5"
    >
      {conflicts.length > 0 ? <Conflicts avatar={avatar} conflicts={conflicts} /> : null}
      {problem ? <p className="text-sm text-problem">{fieldSentence(problem)}</p> : null}
      <div className="flex flex-wrap items-center gap-1.5">
        <p className="flex flex-1 items-center gap-1.5 font-medium whitespace-nowrap">
          <PencilLine size={13} aria-hidden className="shrink-0 text-action-ink" />
          {detailsTexts.draft}
        </p>
        <Button onPress={() => discardDraft(avatar)}>{detailsTexts.discard}</Button>
        <Button look="primary" isDisabled={!canSave} blockedReason={block} onPress={() => start(saveDraft(avatar))}>
          {detailsTexts.save}
        </Button>
      </div>
    </section>
  );
}
