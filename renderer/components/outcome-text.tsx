import type { Failure } from '../../shared/contract/failure.ts';

interface OutcomeTextProps {
  readonly text: string;
  /** Set: it is told as a problem. */
  readonly failure: Failure | null;
  readonly className?: string;
}

/** What became of something, in a row: shortened where the row ends, whole in its title, and to be copied. */
export function OutcomeText({ text, failure, className = '' }: OutcomeTextProps) {
  return (
    <span
      className={`min-w-0 truncate ${failure ? 'text-problem' : 'text-ink-soft'} ${className}`}
      title={text}
      data-selectable
    >
      {text}
    </span>
  );
}

/** The stable code of a failure, for whoever is asked about it. */
export function FailureCode({ failure }: { readonly failure: Failure | null }) {
  return failure ? <span className="shrink-0 font-mono text-xs text-ink-faint">{failure.code}</span> : null;
}
