import { Ban, CircleAlert, CircleCheck, LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { classNames } from '../../components/class-names.ts';
import { isDuplicate } from '../../stores/upload-choices.ts';

interface Mark {
  readonly icon: LucideIcon;
  readonly word: string;
  readonly className: string;
}

function markOf(file: StagedFile): Mark {
  if (file.state === 'inspecting') return { icon: LoaderCircle, word: 'Checking', className: 'text-action-ink' };
  if (file.state === 'refused') return { icon: CircleAlert, word: 'Refused', className: 'text-problem' };
  if (isDuplicate(file)) return { icon: Ban, word: 'Already here', className: 'text-ink-soft' };
  if (!file.activatable) return { icon: Ban, word: 'Cannot go live', className: 'text-warn' };
  if (file.verdict === 'valid-with-warnings')
    return { icon: TriangleAlert, word: 'Good, with warnings', className: 'text-warn' };
  return { icon: CircleCheck, word: 'Good', className: 'text-live' };
}

export function VerdictMark({ file }: { readonly file: StagedFile }) {
  const { icon: Icon, word, className } = markOf(file);
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-1 text-sm font-medium', className)}>
      <Icon
        size={13}
        strokeWidth={2}
        aria-hidden
        className={file.state === 'inspecting' ? 'motion-safe:animate-spin' : ''}
      />
      {word}
    </span>
  );
}
