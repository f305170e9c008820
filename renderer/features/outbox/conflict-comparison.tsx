import type { OperationVersion, OperationView } from '../../../shared/contract/operations.ts';
import { formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { generalTexts } from '../../stores/general-texts.en.ts';
import { editedFieldsOf, fieldLabel, fieldText } from '../../stores/outbox/operation-rules.ts';
import { outboxTexts } from './texts.en.ts';

interface ConflictProps {
  readonly operation: OperationView;
}

function whoAndWhen({ theirs }: OperationView): string {
  const by = theirs?.by ? outboxTexts.by(theirs.by) : outboxTexts.bySomeoneElse;
  return theirs?.at ? outboxTexts.byAndWhen(by, formatWhen(theirs.at)) : by;
}

interface SideProps {
  readonly title: string;
  readonly version: OperationVersion | null;
  readonly detail: string;
}

function Side({ title, version, detail }: SideProps) {
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3 rounded-md border border-line bg-surface p-2">
      <Picture
        src={version?.thumbnailUrl ?? null}
        name={version?.name ?? '–'}
        className="size-14 shrink-0 rounded-sm"
      />
      <div className="min-w-0">
        <p className="text-sm text-ink-faint">{title}</p>
        <p className="truncate font-medium">
          {version ? generalTexts.version(version.name, version.version) : outboxTexts.noneLive}
        </p>
        <p className="truncate text-sm text-ink-soft">{detail}</p>
      </div>
    </div>
  );
}

function ActivationSides({ operation }: ConflictProps) {
  return (
    <div className="flex gap-2">
      <Side title={outboxTexts.theirsLive} version={operation.theirs?.active ?? null} detail={whoAndWhen(operation)} />
      <Side
        title={outboxTexts.mineNotLive}
        version={operation.subject}
        detail={outboxTexts.chosenByYou(formatWhen(operation.createdAt))}
      />
    </div>
  );
}

/** Field by field with both values in full, because they may differ in one word. */
function EditSides({ operation }: ConflictProps) {
  const { subject, fields, theirs, createdAt } = operation;
  return (
    <div className="flex items-start gap-3 rounded-md border border-line bg-surface p-2">
      <Picture
        src={subject?.thumbnailUrl ?? null}
        name={subject?.name ?? '?'}
        className="size-14 shrink-0 rounded-sm"
      />
      <table className="w-full table-fixed border-collapse text-left [&_:is(td,th)]:py-0.5 [&_:is(td,th)]:pr-3 [&_:is(td,th)]:align-top">
        <thead className="text-sm text-ink-faint">
          <tr>
            <th scope="col" className="w-24 font-normal">
              <span className="sr-only">{outboxTexts.field}</span>
            </th>
            <th scope="col" className="font-normal">
              {outboxTexts.theirs(whoAndWhen(operation))}
            </th>
            <th scope="col" className="font-normal">
              {outboxTexts.yours(formatWhen(createdAt))}
            </th>
          </tr>
        </thead>
        <tbody data-selectable>
          {editedFieldsOf(fields).map((field) => (
            <tr key={field}>
              <th scope="row" className="font-normal text-ink-soft">
                {fieldLabel(field)}
              </th>
              <td className="wrap-anywhere whitespace-pre-wrap">{fieldText(theirs?.fields ?? null, field)}</td>
              <td className="font-medium wrap-anywhere whitespace-pre-wrap">{fieldText(fields, field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The state on the server and the local change, side by side. */
export function ConflictComparison({ operation }: ConflictProps) {
  return operation.kind === 'activate' ? (
    <ActivationSides operation={operation} />
  ) : (
    <EditSides operation={operation} />
  );
}
