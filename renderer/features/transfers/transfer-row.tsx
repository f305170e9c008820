import { ArrowDownToLine, ArrowUpFromLine, FolderOpen, Pause, Play, RotateCw, X } from 'lucide-react';
import { isOnTheWay } from '../../../shared/contract/transfer-progress.ts';
import type { HeldActivation, TransferView } from '../../../shared/contract/transfers.ts';
import { commaList } from '../../../shared/lib/sentence.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { IconButton } from '../../components/button.tsx';
import { FailureCodeLabel, OutcomeText } from '../../components/outcome-text.tsx';
import { Progress } from '../../components/progress.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useHeldActivations } from '../../stores/activation/held-activations.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { transferState } from '../../stores/library/item-state.ts';
import { start } from '../../stores/notices/notices.ts';
import {
  describeSaving,
  describeSent,
  describeTimeLeft,
  waitReason,
} from '../../stores/transfers/transfer-progress.ts';
import { canCancel, describeBytes } from '../../stores/transfers/transfer-rules.ts';
import { canReveal, commandTransfer, revealDownload } from '../../stores/transfers/transfers-store.ts';
import { transferTexts } from './texts.en.ts';

/** The failure, or the result after the server's commit. */
function describeResult(transfer: TransferView, held: readonly HeldActivation[]): string {
  if (transfer.failure) return failureSentences(transfer.failure);
  if (transfer.savedPath) return transfer.savedPath;
  if (transfer.state !== 'done') return '';
  const parts = [describeTarget(transfer), describeActivation(transfer, held), describeSent(transfer)];
  return commaList([...parts, describeLeader(transfer)]);
}

/** That a version waits for the first one of its avatar, or takes its place. */
function describeLeader({ follows, state }: TransferView): string | null {
  if (!follows) return null;
  if (follows.state === 'refused') return transferTexts.firstRefused(follows.fileName);
  if (follows.state === 'cancelled') return transferTexts.firstCanceled(follows.fileName);
  return state === 'done' ? null : transferTexts.waitsForFirst(follows.fileName);
}

function describeTarget({ avatarName, version }: TransferView): string {
  return version === null ? avatarName : transferTexts.version(avatarName, version);
}

function describeActivation({ activation, versionUuid }: TransferView, held: readonly HeldActivation[]): string {
  if (activation === 'activated') return transferTexts.live;
  const waiting = held.find((one) => one.versionUuid === versionUuid);
  if (waiting) return waiting.needsAnswer ? transferTexts.waitsForAnswer : transferTexts.comparedFirst;
  return activation === 'not_activatable' ? transferTexts.cannotGoLive : '';
}

/** Bytes sent, or for a download bytes received. */
function describeProgress(transfer: TransferView): string {
  return describeSent(transfer) ?? describeBytes(transfer.doneBytes, transfer.totalBytes);
}

function Progressing({ transfer }: { readonly transfer: TransferView }) {
  const reason = describeLeader(transfer) ?? waitReason(transfer);
  return (
    <>
      <Progress
        label={transferTexts.progress(transfer.fileName)}
        value={transfer.doneBytes}
        max={transfer.totalBytes}
        className="min-w-12 flex-1"
      />
      {reason ? <span className="min-w-0 truncate text-sm text-ink-soft">{reason}</span> : null}
      <span className="shrink-0 text-sm text-ink-soft tabular-nums" title={describeSaving(transfer) ?? undefined}>
        {describeProgress(transfer)}
      </span>
      {transfer.bytesPerSecond > 0 ? (
        <span className="shrink-0 text-sm text-ink-faint tabular-nums">
          {[transferTexts.speed(formatBytes(Math.round(transfer.bytesPerSecond))), describeTimeLeft(transfer)]
            .filter(Boolean)
            .join(', ')}
        </span>
      ) : null}
    </>
  );
}

function Result({ transfer }: { readonly transfer: TransferView }) {
  const held = useHeldActivations((state) => state.held);
  const text = describeResult(transfer, held);
  return (
    <>
      <OutcomeText text={text} failure={transfer.failure} />
      <FailureCodeLabel failure={transfer.failure} />
    </>
  );
}

export function TransferRow({ transfer }: { readonly transfer: TransferView }) {
  const { id, fileName } = transfer;
  const Direction = transfer.kind === 'upload' ? ArrowUpFromLine : ArrowDownToLine;
  return (
    <li aria-label={fileName} className="flex h-9 items-center gap-3 px-4">
      <Direction size={13} aria-label={transferTexts[transfer.kind]} className="shrink-0 text-ink-faint" />
      <span dir="auto" className="w-[clamp(9rem,24vw,28rem)] shrink-0 truncate text-left font-medium" title={fileName}>
        {fileName}
      </span>
      <StateMark {...transferState(transfer)} className="w-28 shrink-0" />
      <div className="flex min-w-0 flex-1 items-center gap-3">
        {isOnTheWay(transfer) ? <Progressing transfer={transfer} /> : <Result transfer={transfer} />}
      </div>
      {transfer.state === 'paused' ? (
        <IconButton
          label={transferTexts.resume(fileName)}
          icon={Play}
          size={13}
          onPress={() => start(commandTransfer('resume', id))}
        />
      ) : null}
      {transfer.canPause ? (
        <IconButton
          label={transferTexts.pause(fileName)}
          icon={Pause}
          size={13}
          onPress={() => start(commandTransfer('pause', id))}
        />
      ) : null}
      {transfer.canRetry ? (
        <IconButton
          label={transferTexts.retry(fileName)}
          icon={RotateCw}
          size={13}
          onPress={() => start(commandTransfer('retry', id))}
        />
      ) : null}
      {canCancel(transfer) ? (
        <IconButton
          label={transferTexts.cancel(fileName)}
          icon={X}
          size={13}
          onPress={() => start(commandTransfer('cancel', id))}
        />
      ) : null}
      {transfer.savedPath && canReveal() ? (
        <IconButton
          label={transferTexts.reveal(fileName)}
          icon={FolderOpen}
          size={13}
          onPress={() => start(revealDownload(id))}
        />
      ) : null}
    </li>
  );
}
