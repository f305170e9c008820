import { type RefObject, useEffect, useRef } from 'react';

/** Keys work at once in what opens; when it closes, the focus goes back to where it came from. */
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
