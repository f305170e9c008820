import type { OperationView } from '../../../shared/contract/operations.ts';
import { Button } from '../../components/button.tsx';
import { start } from '../../stores/notices.ts';
import { subjectName } from '../../stores/operation-rules.ts';
import { resolveConflicts } from '../../stores/operations-store.ts';
import { useReadOnlyReason } from '../../stores/use-permissions.ts';
import { ConflictSides } from './conflict-sides.tsx';

interface ConflictProps {
  readonly operation: OperationView;
}

function headingOf(operation: OperationView): string {
  if (operation.kind === 'activate') return 'Somebody else switched the live avatar while you were choosing.';
  return `Somebody else changed ${subjectName(operation)} while you were changing it.`;
}

function mineLabel({ kind, avatarUuid }: OperationView): string {
  if (kind !== 'activate') return 'Apply mine';
  return avatarUuid === null ? 'Make none live' : 'Make mine live';
}

/** One question, with both answers under it. */
export function Conflict({ operation }: ConflictProps) {
  const block = useReadOnlyReason();
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-warn">{headingOf(operation)}</p>
      <ConflictSides operation={operation} />
      <div className="flex justify-end gap-1.5">
        <Button onPress={() => start(resolveConflicts([operation], 'theirs'))}>Keep theirs</Button>
        <Button look="primary" blockedReason={block} onPress={() => start(resolveConflicts([operation], 'mine'))}>
          {mineLabel(operation)}
        </Button>
      </div>
    </div>
  );
}

/** The same answer for all of them. */
export function AnswerAll({ conflicts }: { readonly conflicts: readonly OperationView[] }) {
  const block = useReadOnlyReason();
  if (conflicts.length < 2) return null;
  return (
    <>
      <Button onPress={() => start(resolveConflicts(conflicts, 'theirs'))}>Keep all theirs</Button>
      <Button blockedReason={block} onPress={() => start(resolveConflicts(conflicts, 'mine'))}>
        Apply all mine
      </Button>
    </>
  );
}
