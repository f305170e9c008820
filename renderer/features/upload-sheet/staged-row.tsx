import { ChevronRight, Radio, Rotate3d, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { AvatarView } from '../../../shared/contract/library.ts';
import { type DrawingFailure, isBundleFault } from '../../../shared/contract/preview-frame.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { describeDrawingFailure, findingsAsText, findingsOf } from '../../components/describe-finding.ts';
import { FindingsList } from '../../components/findings-list.tsx';
import { Picture } from '../../components/picture.tsx';
import { start } from '../../stores/notices/notices.ts';
import { canPreviewFile, previewStaged } from '../../stores/preview/preview-store.ts';
import { discardFiles } from '../../stores/uploads/staging-store.ts';
import type { PlannedFile } from '../../stores/uploads/upload-choices.ts';
import { ActiveVerdict } from './active-verdict.tsx';
import { describeContents, describeLine, describeRefusal, refusalCode } from './describe-staged-file.ts';
import type { ReplacedAvatar } from './sheet-contents.ts';
import { TargetFields } from './target-fields.tsx';
import { uploadSheetTexts } from './texts.en.ts';
import { VerdictMark } from './verdict-mark.tsx';

export interface StagedRowProps {
  readonly file: StagedFile;
  /** Null if it will not be uploaded. */
  readonly planned: PlannedFile | null;
  readonly avatars: readonly AvatarView[];
  readonly problem: string | null;
  readonly isActivated: boolean;
  /** The active avatar, if this file would replace it. */
  readonly replaced: (ReplacedAvatar & { readonly isSameAvatar: boolean }) | null;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
}

/** The whole row while it is folded. */
function Line({ file, planned, avatars, isActivated, isOpen, onToggle }: StagedRowProps) {
  const { fileName } = file;
  const isRefused = file.state === 'refused';
  return (
    <div className="flex min-w-0 items-center gap-2">
      <AriaButton
        aria-expanded={isOpen}
        aria-label={uploadSheetTexts.detailsOf(fileName)}
        onPress={() => onToggle(!isOpen)}
        className="flex w-[clamp(9rem,36%,20rem)] shrink-0 cursor-default items-center gap-2 rounded-sm text-left data-hovered:text-ink"
      >
        <ChevronRight size={13} aria-hidden className={classNames('shrink-0 text-ink-faint', isOpen && 'rotate-90')} />
        <Picture
          src={file.thumbnailUrl}
          name={file.manifest?.name ?? fileName}
          className={classNames('size-7 shrink-0 rounded-sm', isRefused && 'opacity-50 grayscale')}
        />
        <span className="min-w-0 flex-1 truncate font-medium" title={fileName}>
          {fileName}
        </span>
      </AriaButton>
      <span className="w-14 shrink-0 text-right text-sm text-ink-soft tabular-nums">{formatBytes(file.sizeBytes)}</span>
      <p
        className={classNames('min-w-0 flex-1 truncate text-sm', isRefused ? 'text-problem' : 'text-ink-soft')}
        data-selectable
      >
        {isRefused && isOpen ? null : describeLine(file, planned, avatars)}
      </p>
      {isActivated ? (
        <span className="inline-flex shrink-0 items-center gap-1 text-sm font-medium text-live">
          <Radio size={13} strokeWidth={2} aria-hidden />
          {uploadSheetTexts.goesLive}
        </span>
      ) : null}
      <VerdictMark file={file} />
      <IconButton
        label={uploadSheetTexts.remove(fileName)}
        icon={X}
        size={13}
        className="size-6"
        onPress={() => start(discardFiles([file.stageId]))}
      />
    </div>
  );
}

function Refusal({ file }: { readonly file: StagedFile }) {
  return (
    <div className="flex items-start gap-2">
      <p className="min-w-0 flex-1 text-problem" data-selectable>
        {describeRefusal(file)} <span className="font-mono text-xs text-ink-faint">{refusalCode(file)}</span>
      </p>
      <CopyButton
        label={uploadSheetTexts.copyReason}
        text={`${describeRefusal(file)}\n\n${findingsAsText(file.fileName, file)}`}
      />
    </div>
  );
}

function Findings({ file }: { readonly file: StagedFile }) {
  const [isOpen, setOpen] = useState(false);
  const findings = findingsOf(file);
  if (findings.length === 0) return null;
  return (
    <div>
      <AriaButton
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
        className="flex cursor-default items-center gap-1 rounded-sm text-sm text-ink-soft data-hovered:text-ink"
      >
        <ChevronRight size={13} aria-hidden className={classNames(isOpen && 'rotate-90')} />
        {uploadSheetTexts.findingCount(findings.length)}
      </AriaButton>
      {isOpen ? <FindingsList label={uploadSheetTexts.findingsOf(file.fileName)} findings={findings} /> : null}
    </div>
  );
}

/** In sight, because the check says nothing about it. */
function NotDrawn({ failure }: { readonly failure: DrawingFailure }) {
  return (
    <p className={isBundleFault(failure) ? 'text-warn' : 'text-ink-soft'} data-selectable>
      {describeDrawingFailure(failure).what}
    </p>
  );
}

function PicturePart({ file }: { readonly file: StagedFile }) {
  const { stageId, fileName, thumbnailUrl } = file;
  return (
    <div className="flex shrink-0 flex-col items-center gap-1.5">
      <Picture src={thumbnailUrl} name={file.manifest?.name ?? fileName} className="size-20 rounded-md" />
      {canPreviewFile(file) ? (
        <Button
          look="quiet"
          icon={Rotate3d}
          className="h-6 gap-1 px-1.5 text-sm font-normal"
          aria-label={uploadSheetTexts.previewOf(fileName)}
          onPress={() => previewStaged(stageId)}
        >
          {uploadSheetTexts.preview}
        </Button>
      ) : null}
    </div>
  );
}

function Details({ file, planned, avatars, problem, isActivated, onToggle }: StagedRowProps) {
  const isRefused = file.state === 'refused';
  // It stays open while people work in it, whatever opened it.
  useEffect(() => onToggle(true), [onToggle]);
  return (
    <div className="flex gap-3 pt-1.5 pb-2 pl-5">
      {isRefused ? null : <PicturePart file={file} />}
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="truncate text-sm text-ink-soft" data-selectable>
          {describeContents(file)}
        </p>
        {isRefused ? <Refusal file={file} /> : null}
        {file.isLarge && !isRefused ? <p className="text-sm text-warn">{uploadSheetTexts.large}</p> : null}
        {planned ? (
          <TargetFields planned={planned} avatars={avatars} isActivated={isActivated} problem={problem} />
        ) : null}
        <Findings file={file} />
      </div>
    </div>
  );
}

/** One line, which opens. */
export function StagedRow(props: StagedRowProps) {
  const { file, replaced, isOpen } = props;
  return (
    <li aria-label={file.fileName} className="row-lazy px-4 py-1.5">
      <Line {...props} />
      {file.drawingFailure && file.state !== 'refused' ? (
        <div className="pl-5">
          <NotDrawn failure={file.drawingFailure} />
        </div>
      ) : null}
      {replaced ? (
        <div className="pl-5">
          <ActiveVerdict file={file} active={replaced} isSameAvatar={replaced.isSameAvatar} />
        </div>
      ) : null}
      {isOpen ? <Details {...props} /> : null}
    </li>
  );
}
