import type { Failure } from '../../shared/contract/failure.ts';

interface OutcomeTextProps {
  readonly text: string;
  /** If set, the text is shown in the color of a failure. */
  readonly failure: Failure | null;
  readonly className?: string;
}

/** The result or failure in a row: shortened where the row ends, complete in the tooltip. */
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

/** The stable code of a failure, for support. */
export function FailureCodeLabel({ failure }: { readonly failure: Failure | null }) {
  return failure ? <span className="shrink-0 font-mono text-xs text-ink-faint">{failure.code}</span> : null;
}
