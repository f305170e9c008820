import { useEffect, useState } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import type { OutputOf } from '../../../shared/contract/bridge.ts';
import type { AuditEventView } from '../../../shared/contract/library.ts';
import { commaList } from '../../../shared/lib/sentence.ts';
import { Button } from '../../components/button.tsx';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { readAuditEvents } from '../../stores/library/library-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { auditTexts } from './texts.en.ts';

const PAGE_SIZE = 50;

type AuditResult = OutputOf<'library.auditEvents'>;

function useAuditPage(offset: number): AuditResult | null {
  const [result, setResult] = useState<AuditResult | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const page = await readAuditEvents({ limit: PAGE_SIZE, offset });
      if (isCurrent) setResult(page);
    };
    start(read());
    return () => {
      isCurrent = false;
    };
  }, [offset]);
  return result;
}

const columns = [
  { id: 'when', name: auditTexts.when, className: 'w-24' },
  { id: 'who', name: auditTexts.who, className: 'w-40' },
  { id: 'what', name: auditTexts.what, className: '' },
  { id: 'where', name: auditTexts.where, className: 'w-56' },
] as const;

function EventRow({ event }: { readonly event: AuditEventView }) {
  const where = commaList([event.customerName, event.projectName]);
  return (
    <Row id={event.id} className="border-b border-line data-hovered:veil-hover">
      <Cell className="py-1.5 pr-3 text-ink-soft tabular-nums">
        <span title={formatExactly(event.at)}>{formatWhen(event.at)}</span>
      </Cell>
      <Cell className="max-w-40 truncate py-1.5 pr-3">{event.actor ?? auditTexts.system}</Cell>
      <Cell className="py-1.5 pr-3">
        <span data-selectable>{event.summary}</span>{' '}
        <span className="font-mono text-xs text-ink-faint">{event.action}</span>
      </Cell>
      <Cell className="max-w-56 truncate py-1.5 text-ink-soft">{where}</Cell>
    </Row>
  );
}

function Events({ events }: { readonly events: readonly AuditEventView[] }) {
  return (
    <Table aria-label={auditTexts.events} className="w-full table-fixed text-left">
      <TableHeader>
        {columns.map((column) => (
          <Column
            key={column.id}
            id={column.id}
            isRowHeader={column.id === 'what'}
            className={`border-b border-line-strong py-1.5 text-sm font-medium text-ink-soft ${column.className}`}
          >
            {column.name}
          </Column>
        ))}
      </TableHeader>
      <TableBody renderEmptyState={() => <p className="py-3 text-ink-soft">{auditTexts.noEvents}</p>}>
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </TableBody>
    </Table>
  );
}

/**
 * For admins: who did what, newest first. Read from the server each time, because no copy is kept
 * on this computer.
 */
export function AuditPage() {
  const [offset, setOffset] = useState(0);
  const result = useAuditPage(offset);
  const page = result?.ok ? result.value : null;
  return (
    <main aria-label={auditTexts.title} className="flex min-h-0 flex-1 flex-col bg-pane">
      <header className="flex items-center gap-2 px-4 py-3">
        <h1 className="flex-1 text-xl font-semibold">{auditTexts.title}</h1>
        {page ? (
          <>
            <span className="text-ink-faint tabular-nums">
              {auditTexts.range(page.total === 0 ? 0 : offset + 1, offset + page.events.length, page.total)}
            </span>
            <Button isDisabled={offset === 0} onPress={() => setOffset(Math.max(0, offset - PAGE_SIZE))}>
              {auditTexts.newer}
            </Button>
            <Button
              isDisabled={offset + page.events.length >= page.total}
              onPress={() => setOffset(offset + PAGE_SIZE)}
            >
              {auditTexts.older}
            </Button>
          </>
        ) : null}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-3">
        {page ? <Events events={page.events} /> : null}
        {result && !result.ok ? (
          <p role="alert" className="text-ink-soft">
            {failureSentences(result.failure)}
          </p>
        ) : null}
      </div>
    </main>
  );
}
