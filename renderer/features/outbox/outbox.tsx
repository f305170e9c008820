import { RotateCw, X } from 'lucide-react';
import { useMemo } from 'react';
import type { OperationView } from '../../../shared/contract/operations.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { FailureCodeLabel, OutcomeText } from '../../components/outcome-text.tsx';
import { Picture } from '../../components/picture.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useShownRows } from '../../components/use-shown-rows.tsx';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { start } from '../../stores/notices/notices.ts';
import {
  describeOperation,
  editedFieldsOf,
  fieldText,
  operationState,
  outboxHeadline,
  summarizeOutbox,
} from '../../stores/outbox/operation-rules.ts';
import { discardOperations, retryOperations, useOperations } from '../../stores/outbox/operations-store.ts';
import { Conflict, ResolveAll } from './conflict.tsx';
import { outboxTexts } from './texts.en.ts';

interface RowProps {
  readonly operation: OperationView;
}

/** The new values, or why the change was refused. A conflict has its own block below the row. */
function detailOf({ state, failure, fields }: OperationView): string {
  if (state === 'conflict') return '';
  if (failure) return failureSentences(failure);
  return editedFieldsOf(fields)
    .map((field) => fieldText(fields, field))
    .join(' · ');
}

function ParkedButtons({ operation }: RowProps) {
  const description = describeOperation(operation);
  return (
    <>
      <FailureCodeLabel failure={operation.failure} />
      <IconButton
        label={outboxTexts.retry(description)}
        icon={RotateCw}
        size={13}
        onPress={() => start(retryOperations([operation]))}
      />
      <IconButton
        label={outboxTexts.discard(description)}
        icon={X}
        size={13}
        onPress={() => start(discardOperations([operation]))}
      />
    </>
  );
}

function OperationRow({ operation }: RowProps) {
  const { subject, projectName, createdAt, state } = operation;
  const description = describeOperation(operation);
  return (
    <li aria-label={description} className="flex flex-col gap-2 px-4 py-1">
      <div className="flex min-h-7 items-center gap-3">
        <Picture
          src={subject?.thumbnailUrl ?? null}
          name={subject?.name ?? '–'}
          className="size-6 shrink-0 rounded-sm"
        />
        <span className="w-64 shrink-0 truncate font-medium" title={description}>
          {description}
        </span>
        <StateMark {...operationState(operation)} className="w-24 shrink-0" />
        <OutcomeText text={detailOf(operation)} failure={operation.failure} className="flex-1" />
        <span className="shrink-0 text-sm text-ink-faint" title={formatExactly(createdAt)}>
          {outboxTexts.projectAndTime(projectName, formatWhen(createdAt))}
        </span>
        {state === 'refused' ? <ParkedButtons operation={operation} /> : null}
      </div>
      {state === 'conflict' ? (
        <div className="mb-1 rounded-md bg-warn-soft p-3">
          <Conflict operation={operation} />
        </div>
      ) : null}
    </li>
  );
}

function ParkedActions({ refused }: { readonly refused: readonly OperationView[] }) {
  if (refused.length < 2) return null;
  return (
    <>
      <Button look="quiet" onPress={() => start(retryOperations(refused))}>
        {outboxTexts.retryAll}
      </Button>
      <Button look="quiet" onPress={() => start(discardOperations(refused))}>
        {outboxTexts.discardAll}
      </Button>
    </>
  );
}

/**
 * Every operation the server has not acknowledged: first those that need the user, then the pending
 * ones, oldest first.
 */
export function Outbox() {
  const operations = useOperations((state) => state.operations);
  const { conflicts, refused, pending } = useMemo(() => summarizeOutbox(operations), [operations]);
  const { rows, more } = useShownRows([...conflicts, ...refused, ...pending]);
  if (rows.length === 0) return null;
  return (
    <section aria-label={outboxTexts.title} className="border-b border-line">
      <header className="flex min-h-9 items-center gap-1.5 px-4 pt-1">
        <h2 className="flex-1 text-sm font-semibold text-ink-soft">{outboxHeadline(operations)}</h2>
        <ParkedActions refused={refused} />
        <ResolveAll conflicts={conflicts} />
      </header>
      <ul aria-label={outboxTexts.list} className="divide-y divide-line">
        {rows.map((operation) => (
          <OperationRow key={operation.id} operation={operation} />
        ))}
      </ul>
      {more}
    </section>
  );
}

/** A summary for the one line of the closed tray; nothing if the outbox is empty. */
export function OutboxLine() {
  const headline = useOperations((state) => outboxHeadline(state.operations));
  const needsUser = useOperations((state) =>
    state.operations.some(({ state: word }) => word === 'conflict' || word === 'refused'),
  );
  if (!headline) return null;
  return <StateMark tone={needsUser ? 'asked' : 'waiting'} label={headline} className="shrink-0" />;
}
