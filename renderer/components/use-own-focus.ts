import { type RefObject, useEffect, useRef } from 'react';

/** Focuses the element when it appears; when it is removed, the focus returns to where it was. */
export function useOwnFocus<Target extends HTMLElement>(): RefObject<Target | null> {
  const target = useRef<Target>(null);
  useEffect(() => {
    const before = document.activeElement;
    target.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return target;
}
