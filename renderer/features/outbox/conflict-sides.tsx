import type { OperationVersion, OperationView } from '../../../shared/contract/operations.ts';
import { formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { editedFieldsOf, fieldLabel, fieldText } from '../../stores/operation-rules.ts';

interface ConflictProps {
  readonly operation: OperationView;
}

function whoAndWhen({ theirs }: OperationView): string {
  const who = theirs?.by ? `by ${theirs.by}` : 'by somebody else';
  return theirs?.at ? `${who}, ${formatWhen(theirs.at)}` : who;
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
        <p className="truncate font-medium">{version ? `${version.name} v${version.version}` : 'None live'}</p>
        <p className="truncate text-sm text-ink-soft">{detail}</p>
      </div>
    </div>
  );
}

function ActivationSides({ operation }: ConflictProps) {
  return (
    <div className="flex gap-2">
      <Side title="Theirs, live now" version={operation.theirs?.active ?? null} detail={whoAndWhen(operation)} />
      <Side
        title="Yours, not live yet"
        version={operation.subject}
        detail={`chosen by you, ${formatWhen(operation.createdAt)}`}
      />
    </div>
  );
}

/** Field by field, both values in full: what is chosen between may differ in one word. */
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
              <span className="sr-only">Field</span>
            </th>
            <th scope="col" className="font-normal">
              Theirs, {whoAndWhen(operation)}
            </th>
            <th scope="col" className="font-normal">
              Yours, {formatWhen(createdAt)}
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

/** What happened meanwhile and what was meant, beside each other. Nothing was overwritten. */
export function ConflictSides({ operation }: ConflictProps) {
  return operation.kind === 'activate' ? (
    <ActivationSides operation={operation} />
  ) : (
    <EditSides operation={operation} />
  );
}
