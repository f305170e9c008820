import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  /** Placed at the end of the heading's line. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

export function ControlSection({ title, end, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-b border-line px-3 pt-2.5 pb-3 last:border-b-0">
      <div className="flex h-6 items-center gap-1">
        <h2 className="flex-1 text-sm font-semibold text-ink-soft">{title}</h2>
        {end}
      </div>
      {children}
    </section>
  );
}
