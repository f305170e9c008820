import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useOwnFocus } from './use-own-focus.ts';

interface CoverPaneProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Covers the middle pane. Takes the focus when it opens and gives it back when it closes. */
export function CoverPane({ label, className, children }: CoverPaneProps) {
  const pane = useOwnFocus<HTMLElement>();
  return (
    <section
      ref={pane}
      tabIndex={-1}
      data-quiet-focus=""
      aria-label={label}
      className={classNames('flex min-h-0 flex-1 flex-col bg-pane', className)}
    >
      {children}
    </section>
  );
}
