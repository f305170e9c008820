import { createContext, type RefObject, useContext, useEffect, useRef, useState } from 'react';
import { placeAfterKey } from './tab-stop-rules.ts';

const TabStop = createContext<string | null>(null);

/** Around the items: the id of the one that Tab reaches. */
export const TabStopProvider = TabStop.Provider;

/**
 * Attributes of a button of the sidebar that the arrow keys reach, and Tab only if it is the stop.
 */
export function useSidebarItem(id: string) {
  return { 'data-sidebar-item': id, excludeFromTabOrder: useContext(TabStop) !== id };
}

/** Attributes of the button with further actions of an item: the right arrow key reaches it. */
export const itemActions = { 'data-sidebar-actions': '', excludeFromTabOrder: true } as const;

const ITEMS = '[data-sidebar-item]:not(:disabled)';

function itemAround(element: Element | null): HTMLElement | null {
  return element?.closest('li')?.querySelector<HTMLElement>(ITEMS) ?? null;
}

/** Returns the element to focus; null if the key does nothing here, as in a menu. */
function targetOf(root: HTMLElement, element: HTMLElement, key: string): HTMLElement | null {
  if (element.matches('[data-sidebar-actions]')) return key === 'ArrowLeft' ? itemAround(element) : null;
  if (!element.matches(ITEMS)) return null;
  if (key === 'ArrowRight') return element.closest('li')?.querySelector<HTMLElement>('[data-sidebar-actions]') ?? null;
  const items = [...root.querySelectorAll<HTMLElement>(ITEMS)];
  const place = placeAfterKey(key, items.indexOf(element), items.length);
  return place === null ? null : (items[place] ?? null);
}

/**
 * Up, down, Home and End move between the items of the sidebar, right and left to the actions of
 * one and back.
 */
export function useRovingFocus(): {
  readonly root: RefObject<HTMLElement | null>;
  /** The item with the focus, or whose actions have it. */
  readonly focused: string | null;
} {
  const root = useRef<HTMLElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  useEffect(() => {
    const nav = root.current;
    if (!nav) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const press = (event: KeyboardEvent): void => {
      const { activeElement } = document;
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      const target =
        activeElement instanceof HTMLElement && !hasModifier ? targetOf(nav, activeElement, event.key) : null;
      if (!target) return;
      event.preventDefault();
      target.focus();
    };
    const follow = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      const item = target.matches(ITEMS) ? target : itemAround(target);
      setFocused(item?.dataset.sidebarItem ?? null);
    };
    const leave = ({ relatedTarget }: FocusEvent): void => {
      if (!(relatedTarget instanceof Node && nav.contains(relatedTarget))) setFocused(null);
    };
    nav.addEventListener('keydown', press, { signal });
    nav.addEventListener('focusin', follow, { signal });
    nav.addEventListener('focusout', leave, { signal });
    return () => listening.abort();
  }, []);
  return { root, focused };
}
