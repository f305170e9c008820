/** Ctrl F and the palette: the search of the page that is open, if it has one (components/search-box.tsx). */
export function focusSearch(): void {
  document.querySelector<HTMLElement>('[data-page-search]')?.focus();
}
