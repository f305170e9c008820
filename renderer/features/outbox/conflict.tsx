import type { OperationView } from '../../../shared/contract/operations.ts';
import { Button } from '../../components/button.tsx';
import { useReadOnlyReason, useReadOnlyReasonIn } from '../../stores/account/use-permissions.ts';
import { start } from '../../stores/notices/notices.ts';
import { subjectName } from '../../stores/outbox/operation-rules.ts';
import { resolveConflicts } from '../../stores/outbox/operations-store.ts';
import { ConflictComparison } from './conflict-comparison.tsx';
import { outboxTexts } from './texts.en.ts';

interface ConflictProps {
  readonly operation: OperationView;
}

function headingOf(operation: OperationView): string {
  if (operation.kind === 'activate') return outboxTexts.activatedByOther;
  return outboxTexts.editedByOther(subjectName(operation));
}

function mineLabel({ kind, avatarUuid }: OperationView): string {
  if (kind !== 'activate') return outboxTexts.applyMine;
  return avatarUuid === null ? outboxTexts.takeOffline : outboxTexts.makeMineLive;
}

export function Conflict({ operation }: ConflictProps) {
  const block = useReadOnlyReason(operation.projectUuid);
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-warn">{headingOf(operation)}</p>
      <ConflictComparison operation={operation} />
      <div className="flex justify-end gap-1.5">
        <Button onPress={() => start(resolveConflicts([operation], 'theirs'))}>{outboxTexts.keepTheirs}</Button>
        <Button look="primary" blockedReason={block} onPress={() => start(resolveConflicts([operation], 'mine'))}>
          {mineLabel(operation)}
        </Button>
      </div>
    </div>
  );
}

/** Buttons that resolve all conflicts the same way; nothing for fewer than two. */
export function ResolveAll({ conflicts }: { readonly conflicts: readonly OperationView[] }) {
  const block = useReadOnlyReasonIn(conflicts.map(({ projectUuid }) => projectUuid));
  if (conflicts.length < 2) return null;
  return (
    <>
      <Button onPress={() => start(resolveConflicts(conflicts, 'theirs'))}>{outboxTexts.keepAllTheirs}</Button>
      <Button blockedReason={block} onPress={() => start(resolveConflicts(conflicts, 'mine'))}>
        {outboxTexts.applyAllMine}
      </Button>
    </>
  );
}
