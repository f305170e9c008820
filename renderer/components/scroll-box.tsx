import { type ReactNode, useEffect, useRef, useState } from 'react';
import { classNames } from './class-names.ts';

interface ScrollBoxProps {
  /** Sets the height, and a padding. */
  readonly className: string;
  readonly children: ReactNode;
}

/**
 * A box that scrolls. While its content does not fit, it takes the focus itself, so that it can be
 * scrolled by keyboard; otherwise it would be a tab stop where nothing can be done.
 */
export function ScrollBox({ className, children }: ScrollBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const [isOverfull, setOverfull] = useState(false);
  // After every rendering, because the content may be other elements then.
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const measure = (): void => setOverfull(current.scrollHeight > current.clientHeight);
    const observer = new ResizeObserver(measure);
    for (const element of [current, ...current.children]) observer.observe(element);
    measure();
    return () => observer.disconnect();
  });
  return (
    <div ref={box} {...(isOverfull ? reachable : {})} className={classNames('focus-inside overflow-y-auto', className)}>
      {children}
    </div>
  );
}

const reachable = { tabIndex: 0 } as const;
