import { useMemo } from 'react';
import { describeOperation } from '../../stores/outbox/operation-rules.ts';
import { useOperations } from '../../stores/outbox/operations-store.ts';
import { Conflict, ResolveAll } from './conflict.tsx';
import { outboxTexts } from './texts.en.ts';

/** The conflicts of one project, so that they can be resolved without opening the tray. */
export function ProjectConflicts({ projectUuid }: { readonly projectUuid: string }) {
  const operations = useOperations((state) => state.operations);
  const conflicts = useMemo(
    () => operations.filter((operation) => operation.state === 'conflict' && operation.projectUuid === projectUuid),
    [operations, projectUuid],
  );
  if (conflicts.length === 0) return null;
  return (
    <section
      aria-label={outboxTexts.conflicts}
      className="flex max-h-[50vh] shrink-0 flex-col gap-3 overflow-y-auto rounded-md bg-warn-soft p-3"
    >
      {conflicts.length > 1 ? (
        <header className="flex items-center gap-1.5">
          <h2 className="flex-1 font-medium">{outboxTexts.conflictCount(conflicts.length)}</h2>
          <ResolveAll conflicts={conflicts} />
        </header>
      ) : null}
      <ul className="flex flex-col gap-3">
        {conflicts.map((operation) => (
          <li key={operation.id} aria-label={describeOperation(operation)}>
            <Conflict operation={operation} />
          </li>
        ))}
      </ul>
    </section>
  );
}
