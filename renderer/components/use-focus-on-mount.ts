import { type RefObject, useEffect, useRef } from 'react';

/** For places that the user has just opened in order to type there: the field has the focus when it appears. */
export function useFocusOnMount<Target extends HTMLElement>(): RefObject<Target | null> {
  const target = useRef<Target>(null);
  useEffect(() => target.current?.focus(), []);
  return target;
}
