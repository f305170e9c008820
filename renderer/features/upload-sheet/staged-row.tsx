import { ChevronRight, Rotate3d, X } from 'lucide-react';
import { useState } from 'react';
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
import { isSendable } from '../../stores/uploads/upload-choices.ts';
import { ActiveVerdict, type ReplacedAvatar } from './active-verdict.tsx';
import { describeContents, describeDuplicate, describeRefusal, refusalCode } from './describe-staged-file.ts';
import { TargetFields } from './target-fields.tsx';
import { uploadSheetTexts } from './texts.en.ts';
import { VerdictMark } from './verdict-mark.tsx';

interface StagedRowProps {
  readonly file: StagedFile;
  readonly avatars: readonly AvatarView[];
  readonly problem: string | null;
  /** The active avatar, if this file would replace it. */
  readonly replaced: ReplacedAvatar | null;
  /** Whether the file would be a version of the avatar that it replaces. */
  readonly isSameAvatar: boolean;
}

function RowHead({ file }: { readonly file: StagedFile }) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <p className="min-w-0 truncate font-medium" title={file.fileName} data-selectable>
        {file.fileName}
      </p>
      <span className="shrink-0 text-sm text-ink-soft tabular-nums">{formatBytes(file.sizeBytes)}</span>
      {file.isLarge && file.state !== 'refused' ? (
        <span className="shrink-0 rounded-sm bg-warn-soft px-1.5 text-sm text-warn">{uploadSheetTexts.large}</span>
      ) : null}
      <span className="flex-1" />
      <VerdictMark file={file} />
      <IconButton
        label={uploadSheetTexts.remove(file.fileName)}
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

export function StagedRow({ file, avatars, problem, replaced, isSameAvatar }: StagedRowProps) {
  const isRefused = file.state === 'refused';
  const name = file.manifest?.name ?? file.fileName;
  return (
    <li aria-label={file.fileName} className="row-lazy flex gap-3 px-4 py-3">
      <div className="flex shrink-0 flex-col items-center gap-1.5">
        <Picture
          src={file.thumbnailUrl}
          name={name}
          className={classNames('size-16 rounded-md', isRefused && 'opacity-50 grayscale')}
        />
        {canPreviewFile(file) ? (
          <Button
            look="quiet"
            icon={Rotate3d}
            className="h-6 w-18 gap-1 px-0 text-sm font-normal"
            aria-label={uploadSheetTexts.previewOf(file.fileName)}
            onPress={() => previewStaged(file.stageId)}
          >
            {uploadSheetTexts.preview}
          </Button>
        ) : null}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <RowHead file={file} />
        <p className={classNames('truncate text-sm', isRefused ? 'text-ink-faint' : 'text-ink-soft')}>
          {describeContents(file)}
        </p>
        {isRefused ? <Refusal file={file} /> : null}
        {file.suggestion?.kind === 'duplicate' && !isRefused ? <p>{describeDuplicate(file.suggestion)}</p> : null}
        {file.drawingFailure && !isRefused ? <NotDrawn failure={file.drawingFailure} /> : null}
        {replaced ? <ActiveVerdict file={file} active={replaced} isSameAvatar={isSameAvatar} /> : null}
        {isSendable(file) ? <TargetFields file={file} avatars={avatars} problem={problem} /> : null}
        <Findings file={file} />
      </div>
    </li>
  );
}
