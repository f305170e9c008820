import { type RefObject, useEffect, useRef } from 'react';

/** Returns whether an item had the focus: other parts of the sidebar, such as menus, have own arrow keys. */
function moveFocus(root: HTMLElement, step: number): boolean {
  const items: readonly Element[] = [...root.querySelectorAll('[data-sidebar-item]')];
  const index = document.activeElement ? items.indexOf(document.activeElement) : -1;
  if (index === -1) return false;
  const next = items.at((index + step) % items.length);
  if (next instanceof HTMLElement) next.focus();
  return true;
}

/** The arrow keys move between the items of the sidebar; Tab still reaches each item. */
export function useArrowKeys(): RefObject<HTMLElement | null> {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = root.current;
    const press = (event: KeyboardEvent): void => {
      if (!element || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      if (moveFocus(element, event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
    };
    element?.addEventListener('keydown', press);
    return () => element?.removeEventListener('keydown', press);
  }, []);
  return root;
}
