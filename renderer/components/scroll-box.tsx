import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface ScrollBoxProps {
  /** Sets the height, and a padding. */
  readonly className: string;
  readonly children: ReactNode;
}

/** A box that scrolls. It takes the focus itself, so that it can be scrolled by keyboard. */
export function ScrollBox({ className, children }: ScrollBoxProps) {
  return (
    <div {...reachable} className={classNames('overflow-y-auto', className)}>
      {children}
    </div>
  );
}

const reachable = { tabIndex: 0 } as const;
