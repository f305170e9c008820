import { type RefObject, useEffect, useRef } from 'react';

/** Focuses the field when it appears, for places that people open in order to type. */
export function useFocusOnMount<Target extends HTMLElement>(): RefObject<Target | null> {
  const target = useRef<Target>(null);
  useEffect(() => target.current?.focus(), []);
  return target;
}
