import { ProgressBar } from 'react-aria-components';
import { classNames } from './class-names.ts';

interface ProgressProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly className?: string;
}

export function Progress({ label, value, max, className }: ProgressProps) {
  return (
    <ProgressBar
      aria-label={label}
      value={Math.min(value, max)}
      maxValue={Math.max(max, 1)}
      className={classNames('h-1 overflow-hidden rounded-full bg-pressed', className)}
    >
      {({ percentage }) => <div className="h-full rounded-full bg-action" style={{ width: `${percentage ?? 0}%` }} />}
    </ProgressBar>
  );
}
