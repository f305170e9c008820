import { Upload } from 'lucide-react';
import { isOnTheWay } from '../../../shared/contract/transfer-progress.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { Progress } from '../../components/progress.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { explainFailure } from '../../stores/failures/explain-failure.ts';
import { transferState } from '../../stores/library/item-state.ts';
import { waitReason } from '../../stores/transfers/transfer-progress.ts';
import { projectTexts } from './texts.en.ts';

interface ArrivingProps {
  readonly transfer: TransferView;
}

/** What it waits for or its size while it is under way, the failure once it has stopped. */
function secondLine(transfer: TransferView): string {
  const need = transfer.waitsFor === 'turn' ? null : waitReason(transfer);
  const about = need ?? formatBytes(transfer.totalBytes);
  if (isOnTheWay(transfer)) return projectTexts.aboutAndFile(about, transfer.fileName);
  return transfer.failure ? explainFailure(transfer.failure).title : transfer.fileName;
}

/** An upload, shown where its card will be. */
export function ArrivingCard({ transfer }: ArrivingProps) {
  return (
    <div className="flex h-full flex-col gap-1.5">
      <div className="grid aspect-square place-items-center rounded-sm border border-dashed border-line-strong text-ink-faint">
        <Upload size={28} strokeWidth={1.25} aria-hidden />
      </div>
      <div className="px-1 pb-0.5">
        <p className="truncate text-left font-medium" title={transfer.avatarName} dir="auto">
          {transfer.avatarName}
        </p>
        <p className="flex items-center gap-1.5">
          <StateMark {...transferState(transfer)} className="min-w-0 flex-1" />
        </p>
        <div className="flex h-4 items-center">
          <TransferProgress transfer={transfer} />
        </div>
        <p className="truncate text-xs text-ink-faint">{secondLine(transfer)}</p>
      </div>
    </div>
  );
}

export function ArrivingRow({ transfer }: ArrivingProps) {
  return (
    <div className="grid h-12 grid-cols-[36px_minmax(120px,2fr)_minmax(60px,1fr)_136px_64px] items-center gap-3">
      <span className="grid size-9 place-items-center rounded-sm border border-dashed border-line-strong text-ink-faint">
        <Upload size={15} aria-hidden />
      </span>
      <p className="truncate text-left font-medium" dir="auto">
        {transfer.avatarName}
      </p>
      <TransferProgress transfer={transfer} />
      <StateMark {...transferState(transfer)} />
      <p className="text-right text-sm text-ink-soft">{formatBytes(transfer.totalBytes)}</p>
    </div>
  );
}

function TransferProgress({ transfer }: ArrivingProps) {
  if (!isOnTheWay(transfer)) return null;
  return (
    <Progress
      label={projectTexts.uploadOf(transfer.fileName)}
      value={transfer.doneBytes}
      max={transfer.totalBytes}
      className="w-full"
    />
  );
}
