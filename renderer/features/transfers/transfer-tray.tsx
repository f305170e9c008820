import { ChevronDown, ChevronUp, Pause, Play } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Progress } from '../../components/progress.tsx';
import { start } from '../../stores/notices.ts';
import { waitReason } from '../../stores/transfer-progress.ts';
import { describeBytes, isOnTheWay, summarizeTransfers, type TransferSummary } from '../../stores/transfer-rules.ts';
import {
  clearEnded,
  pauseAllTransfers,
  resumeAllTransfers,
  retryAllTransfers,
  setTrayOpen,
  useTransfers,
} from '../../stores/transfers-store.ts';
import { TransferRow } from './transfer-row.tsx';

/** How fast it goes, or why it does not. */
function paceWords(summary: TransferSummary): string {
  if (summary.bytesPerSecond > 0) return `${formatBytes(Math.round(summary.bytesPerSecond))}/s`;
  return waitReason(summary) ?? '';
}

function SummaryLine({ summary }: { readonly summary: TransferSummary }) {
  const { problem } = summary;
  const isQuiet = summary.totalBytes === 0 && !problem;
  return (
    <>
      <span className={classNames('whitespace-nowrap tabular-nums', isQuiet ? 'text-ink-faint' : 'font-medium')}>
        {summary.headline}
      </span>
      {summary.isMoving ? (
        <>
          <Progress
            label="All transfers"
            value={summary.doneBytes}
            max={summary.totalBytes}
            className="w-40 min-w-16 shrink"
          />
          <span className="whitespace-nowrap text-ink-soft tabular-nums">
            {describeBytes(summary.doneBytes, summary.totalBytes)}
          </span>
          <span className="min-w-20 whitespace-nowrap text-ink-faint tabular-nums">{paceWords(summary)}</span>
        </>
      ) : null}
      {problem ? (
        <span className="min-w-0 truncate text-problem">
          {problem.fileName}: {problem.failure?.title}
        </span>
      ) : null}
    </>
  );
}

interface ListProps {
  readonly transfers: readonly TransferView[];
}

/** What can be done with all of them; each only where there is something that it would change. */
function AllTransfers({ transfers }: ListProps) {
  return (
    <>
      {transfers.filter(({ canRetry }) => canRetry).length > 1 ? (
        <Button look="quiet" onPress={() => start(retryAllTransfers())}>
          Retry all
        </Button>
      ) : null}
      {transfers.some(({ state }) => state === 'paused') ? (
        <IconButton label="Resume all" icon={Play} onPress={() => start(resumeAllTransfers())} />
      ) : null}
      {transfers.some(({ canPause }) => canPause) ? (
        <IconButton label="Pause all" icon={Pause} onPress={() => start(pauseAllTransfers())} />
      ) : null}
      {transfers.some((transfer) => !isOnTheWay(transfer)) ? (
        <Button look="quiet" onPress={() => start(clearEnded())}>
          Clear ended
        </Button>
      ) : null}
    </>
  );
}

function TransferList({ transfers }: ListProps) {
  return (
    <>
      {transfers.length === 0 ? <p className="px-4 py-2 text-ink-faint">Uploads and downloads show up here.</p> : null}
      <ul aria-label="All transfers" className="divide-y divide-line">
        {transfers.map((transfer) => (
          <TransferRow key={transfer.id} transfer={transfer} />
        ))}
      </ul>
    </>
  );
}

interface TrayProps {
  /** What else waits for the server: a few words in the line, and the list when the tray is open. */
  readonly changesLine: ReactNode;
  readonly changes: ReactNode;
}

/** Bottom: one line until opened. Always there, so that nothing jumps when the first transfer begins. */
export function TransferTray({ changesLine, changes }: TrayProps) {
  const transfers = useTransfers((state) => state.transfers);
  const isOpen = useTransfers((state) => state.isTrayOpen);
  const summary = useMemo(() => summarizeTransfers(transfers), [transfers]);
  const Chevron = isOpen ? ChevronDown : ChevronUp;
  return (
    <section aria-label="Transfers" className="flex shrink-0 flex-col border-t border-line bg-window">
      <div className="flex h-9 items-center gap-3 pr-2 pl-3">
        <AriaButton
          aria-label={isOpen ? 'Hide transfers' : 'Show transfers'}
          aria-expanded={isOpen}
          onPress={() => setTrayOpen(!isOpen)}
          className="grid size-6 shrink-0 cursor-default place-items-center rounded-md text-ink-soft data-hovered:bg-hover"
        >
          <Chevron size={15} aria-hidden />
        </AriaButton>
        <SummaryLine summary={summary} />
        <span className="flex-1" />
        {changesLine}
        <div className="flex shrink-0 items-center gap-1">
          <AllTransfers transfers={transfers} />
        </div>
      </div>
      {isOpen ? (
        <div className="max-h-[38vh] overflow-y-auto border-t border-line bg-pane">
          {changes}
          <TransferList transfers={transfers} />
        </div>
      ) : null}
    </section>
  );
}
