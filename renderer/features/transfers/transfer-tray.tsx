import { ChevronDown, ChevronUp, Pause, Play } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { isOnTheWay } from '../../../shared/contract/transfer-progress.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Progress } from '../../components/progress.tsx';
import { explainFailure } from '../../stores/failures/explain-failure.ts';
import { start } from '../../stores/notices/notices.ts';
import { describeTimeLeft, waitReason } from '../../stores/transfers/transfer-progress.ts';
import { describeBytes, summarizeTransfers, type TransferSummary } from '../../stores/transfers/transfer-rules.ts';
import { clearEnded, commandAllTransfers, setTrayOpen, useTransfers } from '../../stores/transfers/transfers-store.ts';
import { transferTexts } from './texts.en.ts';
import { TransferRow } from './transfer-row.tsx';

/** The speed and how long it will take, or why nothing is moving. */
function describePace(summary: TransferSummary): string {
  if (summary.bytesPerSecond <= 0) return waitReason(summary) ?? '';
  const speed = transferTexts.speed(formatBytes(Math.round(summary.bytesPerSecond)));
  return [speed, describeTimeLeft(summary)].filter(Boolean).join(', ');
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
            label={transferTexts.progressOfAll}
            value={summary.doneBytes}
            max={summary.totalBytes}
            className="w-40 min-w-16 shrink"
          />
          <span className="whitespace-nowrap text-ink-soft tabular-nums">
            {describeBytes(summary.doneBytes, summary.totalBytes)}
          </span>
          <span className="min-w-20 whitespace-nowrap text-ink-faint tabular-nums">{describePace(summary)}</span>
        </>
      ) : null}
      {problem ? (
        <span className="min-w-0 truncate text-problem">
          {transferTexts.failed(problem.fileName, problem.failure && explainFailure(problem.failure).title)}
        </span>
      ) : null}
    </>
  );
}

interface ListProps {
  readonly transfers: readonly TransferView[];
}

/** Actions on all transfers, each shown only if it would change something. */
function AllTransfers({ transfers }: ListProps) {
  return (
    <>
      {transfers.filter(({ canRetry }) => canRetry).length > 1 ? (
        <Button look="quiet" onPress={() => start(commandAllTransfers('retryAll'))}>
          {transferTexts.retryAll}
        </Button>
      ) : null}
      {transfers.some(({ state }) => state === 'paused') ? (
        <IconButton
          label={transferTexts.resumeAll}
          icon={Play}
          onPress={() => start(commandAllTransfers('resumeAll'))}
        />
      ) : null}
      {transfers.some(({ canPause }) => canPause) ? (
        <IconButton
          label={transferTexts.pauseAll}
          icon={Pause}
          onPress={() => start(commandAllTransfers('pauseAll'))}
        />
      ) : null}
      {transfers.some((transfer) => !isOnTheWay(transfer)) ? (
        <Button look="quiet" onPress={() => start(clearEnded())}>
          {transferTexts.clearFinished}
        </Button>
      ) : null}
    </>
  );
}

function TransferGroup({ name, transfers }: ListProps & { readonly name: string }) {
  if (transfers.length === 0) return null;
  return (
    <>
      <h2 className="px-4 pt-2 pb-1 text-sm font-semibold text-ink-soft">
        {name} <span className="font-normal text-ink-faint tabular-nums">{transfers.length}</span>
      </h2>
      <ul aria-label={name} className="divide-y divide-line">
        {transfers.map((transfer) => (
          <TransferRow key={transfer.id} transfer={transfer} />
        ))}
      </ul>
    </>
  );
}

/** What still moves apart from what is over, so that neither hides the other. */
function TransferLists({ transfers }: ListProps) {
  if (transfers.length === 0) return <p className="px-4 py-2 text-ink-faint">{transferTexts.empty}</p>;
  return (
    <>
      <TransferGroup name={transferTexts.running} transfers={transfers.filter(isOnTheWay)} />
      <TransferGroup name={transferTexts.finished} transfers={transfers.filter((transfer) => !isOnTheWay(transfer))} />
    </>
  );
}

interface TrayProps {
  /** Pending operations: a summary for the line, and the list for the open tray. */
  readonly changesLine: ReactNode;
  readonly changes: ReactNode;
}

/**
 * Bottom: one line until it is opened. Always visible, so that nothing moves when the first
 * transfer starts.
 */
export function TransferTray({ changesLine, changes }: TrayProps) {
  const transfers = useTransfers((state) => state.transfers);
  const isOpen = useTransfers((state) => state.isTrayOpen);
  const summary = useMemo(() => summarizeTransfers(transfers), [transfers]);
  const Chevron = isOpen ? ChevronDown : ChevronUp;
  return (
    <section aria-label={transferTexts.title} className="flex shrink-0 flex-col border-t border-line bg-window">
      <div className="flex h-9 items-center gap-3 pr-2 pl-3">
        <AriaButton
          aria-label={isOpen ? transferTexts.hide : transferTexts.show}
          aria-expanded={isOpen}
          onPress={() => setTrayOpen(!isOpen)}
          className="grid size-6 shrink-0 cursor-default place-items-center rounded-md text-ink-soft data-hovered:veil-hover"
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
          <TransferLists transfers={transfers} />
        </div>
      ) : null}
    </section>
  );
}
