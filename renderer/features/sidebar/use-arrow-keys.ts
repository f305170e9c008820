import { type RefObject, useEffect, useRef } from 'react';

function moveFocus(root: HTMLElement, step: number): void {
  const items = [...root.querySelectorAll<HTMLElement>('[data-sidebar-item]')];
  const index = items.findIndex((item) => item === document.activeElement);
  items.at((index + step) % items.length)?.focus();
}

/** Arrow up and down move between the items of the sidebar; Tab still reaches each. */
export function useArrowKeys(): RefObject<HTMLElement | null> {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = root.current;
    const press = (event: KeyboardEvent): void => {
      if (!element || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      moveFocus(element, event.key === 'ArrowDown' ? 1 : -1);
      event.preventDefault();
    };
    element?.addEventListener('keydown', press);
    return () => element?.removeEventListener('keydown', press);
  }, []);
  return root;
}
