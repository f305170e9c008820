import { Ban, CircleAlert, CircleHelp, Clock, Cloud, type LucideIcon, RefreshCw } from 'lucide-react';
import { classNames } from './class-names.ts';

export type MarkTone = 'active' | 'stored' | 'busy' | 'waiting' | 'asked' | 'problem' | 'muted';

const marks: Readonly<Record<MarkTone, { icon: LucideIcon | null; className: string }>> = {
  active: { icon: null, className: 'text-live' },
  stored: { icon: Cloud, className: 'text-ink-faint' },
  busy: { icon: RefreshCw, className: 'text-action-ink' },
  waiting: { icon: Clock, className: 'text-ink-soft' },
  asked: { icon: CircleHelp, className: 'text-warn' },
  problem: { icon: CircleAlert, className: 'text-problem' },
  muted: { icon: Ban, className: 'text-ink-faint' },
};

interface StateMarkProps {
  readonly tone: MarkTone;
  readonly label: string;
  readonly className?: string;
}

/** Icon, word and colour; any one of the three is enough to understand it. */
export function StateMark({ tone, label, className }: StateMarkProps) {
  const { icon: Icon, className: colour } = marks[tone];
  return (
    <span className={classNames('inline-flex items-center gap-1 text-sm whitespace-nowrap', colour, className)}>
      {Icon ? (
        <Icon size={12} strokeWidth={2} aria-hidden className={tone === 'busy' ? 'busy-pulse shrink-0' : 'shrink-0'} />
      ) : (
        <LiveDot />
      )}
      {label}
    </span>
  );
}

/** Beside what is on the screen already and not on the server yet: calm, because nothing has to be done. */
export function WaitingMark({ className }: { readonly className?: string }) {
  return (
    <span title="Waits for the server" className={classNames('inline-flex', className)}>
      <StateMark tone="waiting" label="Waiting" />
    </span>
  );
}

export function LiveDot({ className }: { readonly className?: string }) {
  return (
    <span aria-hidden className={classNames('inline-block size-2 shrink-0 rounded-full bg-live-dot', className)} />
  );
}

/** The pill over a picture. Asked for and not live yet: a clock in place of the dot. */
export function LivePill({ isPending = false }: { readonly isPending?: boolean }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1 rounded-full bg-surface px-2 py-0.5 text-xs font-semibold shadow-float',
        isPending ? 'text-ink-soft' : 'text-live',
      )}
    >
      {isPending ? <Clock size={10} strokeWidth={2.5} aria-hidden /> : <LiveDot className="size-1.5" />}
      Live
    </span>
  );
}
