/** Focuses the search box of the open page, if it has one (components/search-box.tsx). */
export function focusSearch(): void {
  document.querySelector<HTMLElement>('[data-page-search]')?.focus();
}
