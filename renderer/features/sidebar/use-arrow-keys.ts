import type { KeyboardEvent } from 'react';

/** Arrow up and down move between the items of the sidebar; Tab still reaches each. */
export function useArrowKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-sidebar-item]')];
    const index = items.indexOf(document.activeElement as HTMLElement);
    items.at((index + step + items.length) % items.length)?.focus();
    event.preventDefault();
  };
}
