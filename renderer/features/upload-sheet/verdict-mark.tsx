import { Ban, CircleAlert, CircleCheck, LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { classNames } from '../../components/class-names.ts';
import { isUndrawable } from '../../stores/library/item-state.ts';
import { itemStateTexts } from '../../stores/library/item-state-texts.en.ts';
import { isDuplicate } from '../../stores/uploads/upload-choices.ts';
import { uploadSheetTexts } from './texts.en.ts';

interface Mark {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly className: string;
}

function markOf(file: StagedFile): Mark {
  if (file.state === 'inspecting')
    return { icon: LoaderCircle, label: uploadSheetTexts.checking, className: 'text-action-ink' };
  if (file.state === 'refused')
    return { icon: CircleAlert, label: uploadSheetTexts.refused, className: 'text-problem' };
  if (isDuplicate(file)) return { icon: Ban, label: uploadSheetTexts.duplicate, className: 'text-ink-soft' };
  if (!file.activatable) return { icon: Ban, label: uploadSheetTexts.cannotGoLive, className: 'text-warn' };
  if (isUndrawable(file)) return { icon: CircleAlert, label: itemStateTexts.cannotBeDrawn, className: 'text-problem' };
  if (file.verdict === 'valid-with-warnings')
    return { icon: TriangleAlert, label: uploadSheetTexts.goodWithWarnings, className: 'text-warn' };
  return { icon: CircleCheck, label: uploadSheetTexts.good, className: 'text-live' };
}

export function VerdictMark({ file }: { readonly file: StagedFile }) {
  const { icon: Icon, label, className } = markOf(file);
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-1 text-sm font-medium', className)}>
      <Icon
        size={13}
        strokeWidth={2}
        aria-hidden
        className={file.state === 'inspecting' ? 'motion-safe:animate-spin' : ''}
      />
      {label}
    </span>
  );
}
