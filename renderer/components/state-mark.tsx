import {
  ArrowDown,
  ArrowUp,
  Ban,
  Check,
  CircleAlert,
  CircleHelp,
  Clock,
  Cloud,
  type LucideIcon,
  Pause,
  PencilLine,
  RefreshCw,
} from 'lucide-react';
import { classNames } from './class-names.ts';
import { componentTexts } from './texts.en.ts';

export type MarkTone =
  | 'active'
  | 'stored'
  | 'saved'
  | 'sending'
  | 'receiving'
  | 'busy'
  | 'waiting'
  | 'paused'
  | 'asked'
  | 'problem'
  | 'muted';

const marks: Readonly<Record<MarkTone, { icon: LucideIcon | null; className: string }>> = {
  active: { icon: null, className: 'text-live' },
  stored: { icon: Cloud, className: 'text-ink-faint' },
  saved: { icon: Check, className: 'text-ink-faint' },
  sending: { icon: ArrowUp, className: 'text-action-ink' },
  receiving: { icon: ArrowDown, className: 'text-action-ink' },
  busy: { icon: RefreshCw, className: 'text-action-ink' },
  waiting: { icon: Clock, className: 'text-ink-soft' },
  paused: { icon: Pause, className: 'text-ink-soft' },
  asked: { icon: CircleHelp, className: 'text-warn' },
  problem: { icon: CircleAlert, className: 'text-problem' },
  muted: { icon: Ban, className: 'text-ink-faint' },
};

const pulsing: ReadonlySet<MarkTone> = new Set(['busy', 'sending', 'receiving']);

interface StateMarkProps {
  readonly tone: MarkTone;
  readonly label: string;
  readonly className?: string;
}

/** Icon, label and color each suffice on their own, for people who can't see one of them. */
export function StateMark({ tone, label, className }: StateMarkProps) {
  const { icon: Icon, className: color } = marks[tone];
  return (
    <span className={classNames('inline-flex items-center gap-1 text-sm whitespace-nowrap', color, className)}>
      {Icon ? (
        <Icon
          size={12}
          strokeWidth={2}
          aria-hidden
          className={pulsing.has(tone) ? 'busy-pulse shrink-0' : 'shrink-0'}
        />
      ) : (
        <ActiveDot />
      )}
      {label}
    </span>
  );
}

/**
 * Marks a change that the screen already shows and the server doesn't have yet. Calm, because
 * nothing has to be done.
 */
export function PendingMark({ className }: { readonly className?: string }) {
  return (
    <span title={componentTexts.pendingHint} className={classNames('inline-flex', className)}>
      <StateMark tone="waiting" label={componentTexts.pending} />
    </span>
  );
}

/** Marks an avatar with edits that are not saved yet. */
export function DraftMark({ className }: { readonly className?: string }) {
  return (
    <span
      title={componentTexts.draftHint}
      className={classNames('inline-flex items-center gap-1 text-sm whitespace-nowrap text-action-ink', className)}
    >
      <PencilLine size={12} aria-hidden className="shrink-0" />
      {componentTexts.draft}
    </span>
  );
}

export function ActiveDot({ className }: { readonly className?: string }) {
  return (
    <span aria-hidden className={classNames('inline-block size-2 shrink-0 rounded-full bg-live-dot', className)} />
  );
}

/**
 * The label over a picture. The green dot means what customers see; a choice that the server does
 * not have yet gets a clock instead.
 */
export function ActivePill({ label, isPending }: { readonly label: string; readonly isPending: boolean }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1 rounded-full bg-surface px-2 py-0.5 text-xs font-semibold shadow-float',
        isPending ? 'text-ink-soft' : 'text-live',
      )}
    >
      {isPending ? <Clock size={10} strokeWidth={2.5} aria-hidden /> : <ActiveDot className="size-1.5" />}
      {label}
    </span>
  );
}
